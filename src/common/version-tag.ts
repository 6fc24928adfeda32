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

/** The answer's `version` is its ETag too. */
export const TaggedWithVersion = (): MethodDecorator => UseInterceptors(VersionTagInterceptor);

/** Documents a change that takes `If-Match`. */
export const ApiIfMatch = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The `ETag` of what you read, which is its `version` in quotes. Left out, nothing is compared.',
    }),
    ApiProblem(412, 'Somebody has changed it since. Read it again.'),
  );

/**
 * Keeps a change from undoing one that its author has not seen.
 * @param ifMatch `*`, or a list of entity tags (RFC 9110, 13.1.1); a proxy may have made them weak
 * @throws Problem 412
 */
export function refuseChangedMeanwhile(ifMatch: string | undefined, current: Versioned): void {
  if (ifMatch === undefined) return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.some((tag) => tag === '*' || tag === tagOf(current))) return;
  throw new Problem(
    412,
    'changed_meanwhile',
    'Somebody has changed this since you read it. Read it again, and make your change on top of what is there now.',
    { extensions: { version: current.version } },
  );
}
