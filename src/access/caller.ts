import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Admission } from './admissions.service.js';
import { type Scope, SCOPES_OF_ROLE } from './scopes.js';
import type { LiveSession } from './sessions.service.js';
import type { User } from './user.entity.js';

/** The API key or user that makes the request, as the access guard has found. */
export interface Caller {
  accountId: string;
  apiKeyId?: string;
  userId?: string;
  scopes: readonly Scope[];
}

export interface CallerRequest extends FastifyRequest {
  caller?: Caller;
  /** Only set when a user makes the request. */
  session?: LiveSession;
}

/** The caller, for routes that record a change with its author. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerIn(context));

/** The account of the caller: the first argument of every service method, the first filter of every query. */
export const AccountId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => callerIn(context).accountId,
);

/** The session of the user who makes the request. */
export const OwnSession = createParamDecorator((_: unknown, context: ExecutionContext): LiveSession => {
  const { session } = context.switchToHttp().getRequest<CallerRequest>();
  if (session === undefined) throw new Error('A route without @SignedIn has no session.');
  return session;
});

/** The session or API key of the request, for connections that must check repeatedly whether it is still valid. */
export const OwnAdmission = createParamDecorator((_: unknown, context: ExecutionContext): Admission => {
  const { session } = context.switchToHttp().getRequest<CallerRequest>();
  return { sessionIdHash: session?.idHash ?? null, apiKeyId: callerIn(context).apiKeyId ?? null };
});

function callerIn(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>();
  if (caller === undefined) throw new Error('A route without @Access has no caller.');
  return caller;
}

/** The key for counters per API key and per user. */
export const idOf = ({ apiKeyId, userId }: Caller): string => apiKeyId ?? userId!;

/** The caller that a user is. */
export const callerOf = ({ accountId, id, role }: User): Caller => ({
  accountId,
  userId: id,
  scopes: SCOPES_OF_ROLE[role],
});
