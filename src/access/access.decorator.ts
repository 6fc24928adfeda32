import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../common/api-problems.decorator.js';
import type { Scope } from './scopes.js';

export const ACCESS_RULE = 'access-rule';

/** `public`: no key asked for (health, docs, and Twilio's webhooks, which prove themselves by signature). */
export type AccessRule = Scope | 'public';

/** Only an API key with this scope may call the route. */
export const Access = (scope: Scope): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_RULE, scope satisfies AccessRule),
    ApiBearerAuth('apiKey'),
    ApiProblem(401, 'No API key, or one that is not valid.'),
    ApiProblem(403, `The API key lacks the scope ${scope}.`),
  );

/** The route asks for no API key. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule), ApiSecurity({}));
