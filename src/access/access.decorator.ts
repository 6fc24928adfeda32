import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../common/api-problems.decorator.js';
import type { Scope } from './scopes.js';

export const ACCESS_RULE = 'access-rule';
export const EXPENSIVE = 'expensive';

/**
 * `public` routes need no authentication (health, docs, the sign-in, and Twilio's webhooks, which are verified by their
 * signature). `session` routes let users manage their own session and password.
 */
export type AccessRule = Scope | 'public' | 'session';

const ApiRateLimited = (): MethodDecorator & ClassDecorator =>
  ApiProblem(429, 'Too many requests from this API key or user. `Retry-After` tells after how many seconds to retry.');

/** Restricts the route to API keys with this scope and users whose role has it. */
export const Access = (scope: Scope): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_RULE, scope satisfies AccessRule),
    ApiBearerAuth('apiKey'),
    ApiCookieAuth('session'),
    ApiProblem(401, 'There is no API key and no session, or it is not valid.'),
    ApiRateLimited(),
    ApiProblem(
      403,
      `The API key, or the user's role, lacks the scope ${scope}. With a session it can also mean that another site made the request, or that the password must be changed first.`,
    ),
  );

/** Restricts the route to signed-in users, even before they have changed their first password. API keys are refused. */
export const SignedIn = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_RULE, 'session' satisfies AccessRule),
    ApiCookieAuth('session'),
    ApiRateLimited(),
    ApiProblem(401, 'There is no session, or it has ended.'),
    ApiProblem(403, 'Another site made the request, or it was made with an API key.'),
  );

/** The route needs no authentication. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule), ApiSecurity({}));

/** The route calls Twilio, hashes a password or receives a file, and is limited by RATE_LIMIT_EXPENSIVE. */
export const Expensive = (): MethodDecorator => SetMetadata(EXPENSIVE, true);
