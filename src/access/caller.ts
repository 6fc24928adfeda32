import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Scope } from './scopes.js';

/** Who makes the request, as the access guard found out. */
export interface Caller {
  accountId: string;
  apiKeyId: string;
  scopes: readonly Scope[];
}

export interface CallerRequest extends FastifyRequest {
  caller?: Caller;
}

/** The account of the caller: the first argument of every service method, the first filter of every query. */
export const AccountId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>();
  if (caller === undefined) throw new Error('A route without @Access has no account.');
  return caller.accountId;
});
