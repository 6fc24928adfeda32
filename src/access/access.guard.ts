import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../common/problem.js';
import { ACCESS_RULE, type AccessRule } from './access.decorator.js';
import { ApiKeysService } from './api-keys.service.js';
import type { CallerRequest } from './caller.js';

/** Guards every route. One without a rule is closed to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeysService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'public') return true;
    if (rule === undefined) throw new Problem(403, 'no_access_rule', 'This route is closed.');

    const request = context.switchToHttp().getRequest<CallerRequest>();
    request.caller = await this.apiKeys.authenticate(request.headers.authorization);
    if (!request.caller.scopes.includes(rule)) {
      throw new Problem(403, 'scope_missing', `This API key lacks the scope ${rule}. Use a key that has it.`);
    }
    return true;
  }
}
