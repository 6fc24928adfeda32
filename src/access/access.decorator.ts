import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../common/api-problems.decorator.js';
import type { Scope } from './scopes.js';

export const ACCESS_RULE = 'access-rule';
export const EXPENSIVE = 'expensive';

/**
 * `public`: nobody is asked who they are (health, docs, the sign-in, and Twilio's webhooks, which prove themselves by
 * signature). `session`: what users do about themselves.
 */
export type AccessRule = Scope | 'public' | 'session';

const ApiRateLimited = (): MethodDecorator & ClassDecorator =>
  ApiProblem(429, 'Too many requests of this API key or user; `Retry-After` says in how many seconds to try again.');

/** Only an API key with this scope, or a user whose role has it, may call the route. */
export const Access = (scope: Scope): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_RULE, scope satisfies AccessRule),
    ApiBearerAuth('apiKey'),
    ApiCookieAuth('session'),
    ApiProblem(401, 'No API key and no session, or one that is not valid.'),
    ApiRateLimited(),
    ApiProblem(
      403,
      `The API key, or the user's role, lacks the scope ${scope}. With a session also: another site made the request, or the password has to be changed first.`,
    ),
  );

/** Any user who is signed in may call the route, also before the first password is changed; no API key may. */
export const SignedIn = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_RULE, 'session' satisfies AccessRule),
    ApiCookieAuth('session'),
    ApiRateLimited(),
    ApiProblem(401, 'No session, or one that has ended.'),
    ApiProblem(403, 'Another site made the request, or it was made with an API key.'),
  );

/** The route asks nobody who they are. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule), ApiSecurity({}));

/** Asks Twilio, hashes a password or takes in a file: has a limit of its own, RATE_LIMIT_EXPENSIVE. */
export const Expensive = (): MethodDecorator => SetMetadata(EXPENSIVE, true);
