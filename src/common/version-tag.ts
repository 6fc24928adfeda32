import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { ApiProblem } from './api-problems.decorator.js';
import { Problem } from './problem.js';

interface Versioned {
  version: number;
}

const tagOf = ({ version }: Versioned): string => `"${version}"`;

@Injectable()
class VersionTagInterceptor implements NestInterceptor<Versioned, Versioned> {
  intercept(context: ExecutionContext, next: CallHandler<Versioned>): Observable<Versioned> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap((answer) => void reply.header('ETag', tagOf(answer))));
  }
}

/** Sends the `version` of the response as its ETag. */
export const TaggedWithVersion = (): MethodDecorator => UseInterceptors(VersionTagInterceptor);

/** Documents a change that accepts `If-Match`. */
export const ApiIfMatch = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The `ETag` of what you read, which is its `version` in quotes. Without this header nothing is compared.',
    }),
    ApiProblem(412, 'Somebody has changed it since you read it. Read it again.'),
  );

/**
 * Prevents a change from overwriting another one that its author has not seen.
 * @param ifMatch `*`, or a list of entity tags (RFC 9110, 13.1.1), which a proxy may have turned into weak ones
 * @throws Problem 412 when no tag is the current one
 */
export function refuseChangedMeanwhile(ifMatch: string | undefined, current: Versioned): void {
  if (ifMatch === undefined) return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.some((tag) => tag === '*' || tag === tagOf(current))) return;
  throw new Problem(
    412,
    'changed_meanwhile',
    'Somebody has changed this since you read it. Read it again, and apply your change to the current version.',
    { extensions: { version: current.version } },
  );
}
