import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../common/problem.js';
import { ACCESS_RULE, type AccessRule } from './access.decorator.js';
import { ApiKeysService } from './api-keys.service.js';
import { type Caller, callerOf, type CallerRequest } from './caller.js';
import { refuseOtherSites } from './same-origin.js';
import type { Scope } from './scopes.js';
import { readSessionCookie } from './session-cookie.js';
import { type LiveSession, SessionsService } from './sessions.service.js';

/** Guards every route. One without a rule is closed to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger(AccessGuard.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeysService,
    private readonly sessions: SessionsService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'public') return true;
    if (rule === undefined) throw new Problem(403, 'no_access_rule', 'This route is closed.');

    const request = context.switchToHttp().getRequest<CallerRequest>();
    try {
      await this.letIn(request, rule);
      return true;
    } catch (error) {
      if (error instanceof Problem) this.tellRefused(request, error);
      throw error;
    }
  }

  private async letIn(request: CallerRequest, rule: Exclude<AccessRule, 'public'>): Promise<void> {
    request.session = await this.findSession(request);
    request.caller = request.session
      ? callerOf(request.session.user)
      : await this.apiKeys.authenticate(bearerOf(request));
    if (rule === 'session') refuseApiKey(request.caller);
    else refuseWithoutScope(request.caller, rule, request.session);
  }

  /** Who knocked, and where; not with what. */
  private tellRefused({ ip, method, routeOptions, caller }: CallerRequest, { errorCode }: Problem): void {
    const { apiKeyId, userId } = caller ?? {};
    this.logger.warn(
      { errorCode, address: ip, apiKeyId, userId, route: `${method} ${routeOptions.url}` },
      'A request was refused for who made it',
    );
  }

  /** Of a request with a key and a cookie the key counts: browsers add cookies by themselves, but never a key. */
  private async findSession(request: CallerRequest): Promise<LiveSession | undefined> {
    const sessionId = readSessionCookie(request);
    if (sessionId === undefined || bearerOf(request) !== undefined) return undefined;
    refuseOtherSites(request);
    return this.sessions.authenticate(sessionId);
  }
}

/** Other schemes are not for us: a proxy in front may ask for Basic. */
function bearerOf({ headers: { authorization } }: CallerRequest): string | undefined {
  return /^bearer\b/i.test(authorization ?? '') ? authorization : undefined;
}

function refuseApiKey({ apiKeyId }: Caller): void {
  if (apiKeyId === undefined) return;
  throw new Problem(403, 'session_required', 'An API key has no session. Sign in, and leave the key out.');
}

function refuseWithoutScope({ scopes }: Caller, scope: Scope, session: LiveSession | undefined): void {
  if (session?.user.mustChangePassword) {
    throw new Problem(403, 'password_change_required', 'Change your password first: POST /api/v1/session/password.');
  }
  if (scopes.includes(scope)) return;
  throw new Problem(
    403,
    'scope_missing',
    session === undefined
      ? 'This API key lacks the scope {{scope}}. Use a key that has it.'
      : 'Your role, {{role}}, lacks the scope {{scope}}. Ask an admin.',
    { params: { scope, ...(session && { role: session.user.role }) } },
  );
}
