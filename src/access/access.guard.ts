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

/** Guards every route. A route without an access rule is closed to everybody. */
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
      await this.verify(request, rule);
      return true;
    } catch (error) {
      if (error instanceof Problem) this.logRefused(request, error);
      throw error;
    }
  }

  private async verify(request: CallerRequest, rule: Exclude<AccessRule, 'public'>): Promise<void> {
    request.session = await this.findSession(request);
    request.caller = request.session
      ? callerOf(request.session.user)
      : await this.apiKeys.authenticate(bearerOf(request));
    if (rule === 'session') refuseApiKey(request.caller);
    else refuseWithoutScope(request.caller, rule, request.session);
  }

  /** Logs the caller and the route, but never the credentials. */
  private logRefused({ ip, method, routeOptions, caller }: CallerRequest, { errorCode }: Problem): void {
    const { apiKeyId, userId } = caller ?? {};
    this.logger.warn(
      { errorCode, address: ip, apiKeyId, userId, route: `${method} ${routeOptions.url}` },
      'A request was refused because of its caller',
    );
  }

  /** If a request has a key and a cookie, the key counts, because browsers add cookies by themselves but never a key. */
  private async findSession(request: CallerRequest): Promise<LiveSession | undefined> {
    const sessionId = readSessionCookie(request);
    if (sessionId === undefined || bearerOf(request) !== undefined) return undefined;
    refuseOtherSites(request);
    return this.sessions.authenticate(sessionId);
  }
}

/** Ignores other schemes, since a proxy in front may require Basic. */
function bearerOf({ headers: { authorization } }: CallerRequest): string | undefined {
  return /^bearer\b/i.test(authorization ?? '') ? authorization : undefined;
}

function refuseApiKey({ apiKeyId }: Caller): void {
  if (apiKeyId === undefined) return;
  throw new Problem(403, 'session_required', 'An API key has no session. Sign in, and send no API key.');
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
