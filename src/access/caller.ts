import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Admission } from './admissions.service.js';
import { type Scope, SCOPES_OF_ROLE } from './scopes.js';
import type { LiveSession } from './sessions.service.js';
import type { User } from './user.entity.js';

/** Who makes the request, as the access guard found out: an API key or a user. */
export interface Caller {
  accountId: string;
  apiKeyId?: string;
  userId?: string;
  scopes: readonly Scope[];
}

export interface CallerRequest extends FastifyRequest {
  caller?: Caller;
  /** There when a user makes the request. */
  session?: LiveSession;
}

/** Who makes the request, where the change is written down with its author. */
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

/** What the request was let in with: who keeps a line open has to ask again whether it is still good. */
export const OwnAdmission = createParamDecorator((_: unknown, context: ExecutionContext): Admission => {
  const { session } = context.switchToHttp().getRequest<CallerRequest>();
  return { sessionIdHash: session?.idHash ?? null, apiKeyId: callerIn(context).apiKeyId ?? null };
});

function callerIn(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>();
  if (caller === undefined) throw new Error('A route without @Access has no caller.');
  return caller;
}

/** For what is counted for each API key and each user. */
export const idOf = ({ apiKeyId, userId }: Caller): string => apiKeyId ?? userId!;

/** A user who makes a request. */
export const callerOf = ({ accountId, id, role }: User): Caller => ({
  accountId,
  userId: id,
  scopes: SCOPES_OF_ROLE[role],
});
