import { describe, expect, jest, test } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Access, Public } from './access.decorator.js';
import { AccessGuard } from './access.guard.js';
import type { ApiKeysService } from './api-keys.service.js';
import type { CallerRequest } from './caller.js';
import type { SessionsService } from './sessions.service.js';

class Open {
  @Access('contacts:read')
  byMethod(): void {}

  withoutRule(): void {}
}

@Public()
class OpenToAll {
  byClass(): void {}

  @Access('contacts:write')
  byMethodAllTheSame(): void {}
}

const CALLER = { accountId: 'a', apiKeyId: 'k', scopes: ['contacts:read'] as const };

function guard(controller: new () => object, method: string): { answer: Promise<boolean>; request: CallerRequest } {
  const authenticate = jest.fn<ApiKeysService['authenticate']>().mockResolvedValue(CALLER);
  const apiKeys = { authenticate } as unknown as ApiKeysService;
  const accessGuard = new AccessGuard(new Reflector(), apiKeys, {} as SessionsService);
  const request = { headers: {}, routeOptions: { url: '/' } } as CallerRequest;
  const context = {
    getHandler: () => (controller.prototype as Record<string, () => void>)[method],
    getClass: () => controller,
    switchToHttp: () => ({ getRequest: () => request }),
  };
  return { answer: accessGuard.canActivate(context as unknown as ExecutionContext), request };
}

describe('The access guard', () => {
  test('accepts a key that has the scope, and stores the caller in the request', async () => {
    const { answer, request } = guard(Open, 'byMethod');
    expect(await answer).toBe(true);
    expect(request.caller).toEqual(CALLER);
  });

  test('closes a route without a rule, even to a valid key', async () => {
    await expect(guard(Open, 'withoutRule').answer).rejects.toMatchObject({ errorCode: 'no_access_rule' });
  });

  test('does not authenticate the caller of a public route', async () => {
    const { answer, request } = guard(OpenToAll, 'byClass');
    expect(await answer).toBe(true);
    expect(request.caller).toBeUndefined();
  });

  test('prefers the rule of a method to that of its class', async () => {
    await expect(guard(OpenToAll, 'byMethodAllTheSame').answer).rejects.toMatchObject({
      errorCode: 'scope_missing',
      detail: expect.stringContaining('contacts:write'),
    });
  });
});
