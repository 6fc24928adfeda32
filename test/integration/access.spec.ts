import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scope, SCOPES, SCOPES_OF_ROLE } from '../../src/access/scopes.js';
import { buildAccount, buildApiKey, firstAccountId } from '../support/accounts.ts';
import { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { connectTelephony, expectStatus } from '../support/factories.ts';
import { buildOneOfEach, type Resource } from '../support/one-of-each.ts';
import { problemOf } from '../support/problems.ts';
import { findDocumented, findHandlers, findServed } from '../support/routes.ts';
import { insertSettledUser, type KnownUser, signInAs } from '../support/users.ts';

interface Row {
  scope: Scope;
  /** What of account A the operation is asked for; its id fills the path. */
  resource?: Resource;
  /** Valid, so that nothing but the access rule can stand in the way. */
  body?: unknown;
  /** When it is not 404 that another account gets. */
  foreign?: number;
}

const NAME = { name: 'Stolen' };

/** What users do about their own session: no key opens it (sign-in.spec.ts). */
const OWN_SESSION = ['DELETE /session', 'GET /session', 'POST /session/password'];

/** Every operation that asks for a key. One that is missing here fails the first test. */
const MATRIX: Record<string, Row> = {
  'GET /about': { scope: 'contacts:read' },
  'GET /agents': { scope: 'contacts:read' },
  'GET /api-keys': { scope: 'api-keys:read' },
  'POST /api-keys': { scope: 'api-keys:write', body: { name: 'New', scopes: ['contacts:read'] } },
  'DELETE /api-keys/{id}': { scope: 'api-keys:write', resource: 'apiKey' },
  'GET /audit-log': { scope: 'audit-log:read' },
  'GET /blocked-senders': { scope: 'contacts:read' },
  'POST /blocked-senders': { scope: 'contacts:write', body: { phoneNumber: '+15005550667' } },
  'DELETE /blocked-senders/{id}': { scope: 'contacts:write', resource: 'blockedSender' },
  'GET /campaigns': { scope: 'campaigns:read' },
  'POST /campaigns': { scope: 'campaigns:write', body: { name: 'New', languages: ['en'] } },
  'GET /campaigns/{id}': { scope: 'campaigns:read', resource: 'campaign' },
  'PATCH /campaigns/{id}': { scope: 'campaigns:write', resource: 'campaign', body: NAME },
  'DELETE /campaigns/{id}': { scope: 'campaigns:write', resource: 'campaign' },
  'GET /canned-replies': { scope: 'campaigns:read' },
  'POST /canned-replies': { scope: 'campaigns:write', body: { shortcut: 'new', text: 'New' } },
  'PATCH /canned-replies/{id}': { scope: 'campaigns:write', resource: 'cannedReply', body: { text: 'Stolen' } },
  'DELETE /canned-replies/{id}': { scope: 'campaigns:write', resource: 'cannedReply' },
  'GET /telephony': { scope: 'telephony:read' },
  'PUT /telephony': { scope: 'telephony:write' },
  'DELETE /telephony': { scope: 'telephony:write' },
  'POST /telephony/verify': { scope: 'telephony:write' },
  'GET /telephony/phone-numbers': { scope: 'telephony:read' },
  'GET /entry-points': { scope: 'entry-points:read' },
  'POST /entry-points': { scope: 'entry-points:write' },
  'GET /entry-points/traffic': { scope: 'entry-points:read' },
  'GET /entry-points/{id}': { scope: 'entry-points:read', resource: 'entryPoint' },
  'PATCH /entry-points/{id}': { scope: 'entry-points:write', resource: 'entryPoint', body: NAME },
  'DELETE /entry-points/{id}': { scope: 'entry-points:write', resource: 'entryPoint' },
  'GET /entry-points/{id}/webhook': { scope: 'entry-points:read', resource: 'entryPoint' },
  'POST /entry-points/{id}/webhook': { scope: 'entry-points:write', resource: 'entryPoint' },
  'POST /entry-points/{id}/webhook/restore': { scope: 'entry-points:write', resource: 'entryPoint' },
  'GET /sms-inbound': { scope: 'entry-points:read' },
  'PATCH /sms-inbound': { scope: 'entry-points:write', body: { enabled: true } },
  'GET /contacts': { scope: 'contacts:read' },
  'GET /contacts/counts': { scope: 'contacts:read' },
  'GET /contacts/{id}': { scope: 'contacts:read', resource: 'contact' },
  'PATCH /contacts/{id}': { scope: 'contacts:write', resource: 'contact', body: { tags: ['stolen'] } },
  'GET /contacts/{id}/earlier': { scope: 'contacts:read', resource: 'contact' },
  'GET /contacts/{id}/messages': { scope: 'contacts:read', resource: 'contact' },
  'POST /contacts/{id}/messages': { scope: 'contacts:write', resource: 'contact', body: { body: 'Hi' } },
  'GET /contacts/{id}/opt-outs': { scope: 'contacts:read', resource: 'contact' },
  'POST /contacts/{id}/accept': { scope: 'contacts:write', resource: 'contact', body: { agentId: 'thief' } },
  'POST /contacts/{id}/close': { scope: 'contacts:write', resource: 'contact' },
  'POST /contacts/{id}/transfer': { scope: 'contacts:write', resource: 'contact', body: { agentId: 'thief' } },
  'POST /contacts/{id}/reopen': { scope: 'contacts:write', resource: 'contact' },
  'GET /contacts/{id}/notes': { scope: 'contacts:read', resource: 'contact' },
  'POST /contacts/{id}/notes': { scope: 'contacts:write', resource: 'contact', body: { body: 'Stolen' } },
  'DELETE /contacts/{id}/notes/{noteId}': { scope: 'contacts:write', resource: 'contact' },
  'POST /sms/segments': { scope: 'contacts:read', body: { body: 'Hello' } },
  'POST /media': { scope: 'contacts:write' },
  'GET /media/{id}': { scope: 'contacts:read', resource: 'media' },
  'DELETE /media/{id}': { scope: 'contacts:write', resource: 'media' },
  'POST /media/{id}/fetch': { scope: 'contacts:write', resource: 'media' },
  'GET /events': { scope: 'events:read' },
  'GET /events/stream': { scope: 'events:read' },
  'GET /consumers': { scope: 'consumers:read' },
  'GET /consumers/{name}': { scope: 'consumers:read', resource: 'consumer' },
  // A consumer's name names a queue, and queues are shared: the one thing of another account that can be in the way.
  'PUT /consumers/{name}': { scope: 'consumers:write', resource: 'consumer', body: {}, foreign: 409 },
  'DELETE /consumers/{name}': { scope: 'consumers:write', resource: 'consumer' },
  'GET /consumers/{name}/deliveries': { scope: 'consumers:read', resource: 'consumer' },
  'POST /consumers/{name}/replay': { scope: 'consumers:write', resource: 'consumer', body: {} },
  'GET /health-report': { scope: 'inbound-sms:read' },
  'GET /inbound-sms': { scope: 'inbound-sms:read' },
  'GET /inbound-sms/{id}': { scope: 'inbound-sms:read', resource: 'inboundSms' },
  'POST /inbound-sms/{id}/discard': { scope: 'inbound-sms:write', resource: 'inboundSms' },
  'POST /inbound-sms/{id}/replay': { scope: 'inbound-sms:write', resource: 'inboundSms' },
  'GET /reconciliation': { scope: 'inbound-sms:read' },
  'POST /reconciliation': { scope: 'inbound-sms:write' },
  'GET /users': { scope: 'users:read' },
  'POST /users': { scope: 'users:write', body: { email: 'new@example.com', role: 'agent' } },
  'PATCH /users/{id}': { scope: 'users:write', resource: 'user', body: { disabled: true } },
};
const OPERATIONS = Object.entries(MATRIX);
const ON_ONE_RESOURCE = OPERATIONS.filter(([, { resource }]) => resource !== undefined);
const LISTS = OPERATIONS.filter(
  ([operation, { scope }]) =>
    /^GET [^{]*(?<!stream|counts|about|health-report|sms-inbound)$/.test(operation) && scope !== 'telephony:read',
);

describe('Access', () => {
  let app: TestApp;
  let other: Api;
  let ids: Record<Resource, string>;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    ids = await buildOneOfEach(app);
    other = (await buildAccount(app)).api;
  });
  afterAll(() => app.stop());

  const call = (api: Api, operation: string, id = 'none'): ReturnType<Api['call']> => {
    const [method, template] = operation.split(' ') as [string, string];
    const path = template.replace(/\{\w+\}/, id).replace('{noteId}', ids.note);
    return api.call(method, path.slice(1), MATRIX[operation]?.body);
  };

  test('every handler has a rule, and only these are open to all', () => {
    const handlers = findHandlers(app.app);
    expect(handlers.length).toBeGreaterThan(OPERATIONS.length);
    expect(handlers.filter(({ rule }) => rule === undefined)).toEqual([]);
    expect(handlers.filter(({ rule }) => rule === 'public').map(({ name }) => name)).toEqual([
      'HealthController.live',
      'HealthController.ready',
      'MetricsController.index',
      'SessionController.signIn',
      'SharedMediaController.get',
      'TwilioStatusController.receive',
    ]);
  });

  test('every documented operation that asks for a key is in the matrix, and says 401, 403 and 429', () => {
    const guarded = findDocumented(app.app)
      .filter(({ operation }) => operation.includes(' /api/v1/') && operation !== 'POST /api/v1/session')
      .map((each) => ({ ...each, operation: each.operation.replace('/api/v1', '') }));
    expect(guarded.map(({ operation }) => operation).toSorted()).toEqual(
      [...Object.keys(MATRIX), ...OWN_SESSION].toSorted(),
    );
    for (const { operation, security, statuses } of guarded) {
      expect(security).toEqual([...(OWN_SESSION.includes(operation) ? [] : [{ apiKey: [] }]), { session: [] }]);
      expect(statuses).toEqual(expect.arrayContaining(['401', '403', '429']));
    }
  });

  // Besides the intake, which has one route.
  test('nothing is served that is neither documented nor the way in of Twilio nor the documentation itself', () => {
    const documented = new Set(findDocumented(app.app).map(({ operation }) => operation.replace(/\{(\w+)\}/g, ':$1')));
    const undocumented = findServed(app.app).filter((route) => !documented.has(route));
    // `*`: the console's /assets/, there once it is built.
    expect(undocumented.filter((route) => !/^(GET|HEAD) (\/docs\b|\*$)/.test(route)).toSorted()).toEqual([
      'GET /media/:id/:key',
      'GET /openapi.json',
      'GET /openapi.yaml',
      'POST /webhooks/twilio/status/:key',
    ]);
  });

  describe.each([
    ['no key', null],
    ['a garbage key', 'sik_garbage'],
    ['an unknown key of the right shape', `sik_${'a'.repeat(12)}_${'b'.repeat(43)}`],
  ])('with %s', (_, key) => {
    test.each(OPERATIONS)('%s answers 401', async (operation) => {
      const answer = await call(new Api(app.url, key), operation);
      expect(problemOf(answer)).toMatchObject({ status: 401, errorCode: 'unauthorized' });
    });
  });

  test('a revoked key answers 401 everywhere, in the same words as an unknown one', async () => {
    const { body: created } = await app.api.post<{ id: string; key: string }>('api-keys', {
      name: 'To revoke',
      scopes: SCOPES,
    });
    const revoked = new Api(app.url, created.key);
    expect((await call(revoked, 'GET /campaigns')).status).toBe(200);
    expectStatus(await app.api.delete(`api-keys/${created.id}`), 204);
    const unknown = problemOf(await call(new Api(app.url, 'sik_garbage'), 'GET /campaigns'));
    for (const [operation] of OPERATIONS) {
      const { detail, status } = problemOf(await call(revoked, operation));
      expect({ operation, status, detail }).toEqual({ operation, status: 401, detail: unknown.detail });
    }
  });

  test.each<[string, (user: KnownUser) => Promise<unknown>]>([
    ['that has run out', ({ id }) => endSessions(id, "expires_at = now() - interval '1 second'")],
    ['that was idle for too long', ({ id }) => endSessions(id, "last_seen_at = now() - interval '31 minutes'")],
    ['of a disabled user', async ({ id }) => expectStatus(await app.api.patch(`users/${id}`, { disabled: true }), 200)],
  ])('a session %s answers 401 everywhere', async (_, end) => {
    const admin = await insertSettledUser(app, { role: 'admin' });
    const browser = await signInAs(app, admin);
    expect((await call(browser, 'GET /campaigns')).status).toBe(200);
    const { cookie } = browser;
    await end(admin);
    for (const operation of [...Object.keys(MATRIX), ...OWN_SESSION]) {
      browser.cookie = cookie;
      expect({ operation, status: (await call(browser, operation)).status }).toEqual({ operation, status: 401 });
    }
  });

  const endSessions = (userId: string, change: string): Promise<unknown> =>
    app.dataSource.query(`UPDATE sessions SET ${change} WHERE user_id = $1`, [userId]);

  test('an agent gets 403 for every operation whose scope the role lacks', async () => {
    const browser = await signInAs(app, await insertSettledUser(app));
    const closed = OPERATIONS.filter(([, { scope }]) => !SCOPES_OF_ROLE.agent.includes(scope));
    expect(closed.length).toBeGreaterThan(25);
    for (const [operation, row] of closed) {
      const { status, errorCode } = problemOf(await call(browser, operation, row.resource && ids[row.resource]));
      expect({ operation, status, errorCode }).toEqual({ operation, status: 403, errorCode: 'scope_missing' });
    }
  });

  test.each(OPERATIONS)('%s answers 403 and names the scope when only that one is missing', async (operation, row) => {
    const scopes = SCOPES.filter((scope) => scope !== row.scope);
    const lacking = await buildApiKey(app, await firstAccountId(app), scopes);
    const problem = problemOf(await call(lacking, operation, row.resource && ids[row.resource]));
    expect(problem).toMatchObject({ status: 403, errorCode: 'scope_missing' });
    expect(problem.detail).toContain(row.scope);
  });

  test.each(ON_ONE_RESOURCE)('%s answers 404 for what another account has', async (operation, row) => {
    const before = await snapshot(app);
    const { status, errorCode } = problemOf(await call(other, operation, ids[row.resource!]));
    expect(status).toBe(row.foreign ?? 404);
    expect(errorCode).toBe(row.foreign === 409 ? 'consumer_name_taken' : 'not_found');
    expect(await snapshot(app)).toEqual(before);
  });

  test.each(ON_ONE_RESOURCE.filter(([operation]) => operation.includes('{id}')))(
    '%s answers 404 for an id that nobody has, and for what is no id',
    async (operation) => {
      for (const id of ['019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11', 'nonsense', '1']) {
        expect(problemOf(await call(app.api, operation, id))).toMatchObject({ status: 404, errorCode: 'not_found' });
      }
    },
  );

  test.each(LISTS)('%s shows another account nothing', async (operation) => {
    const own = (await call(app.api, operation)).body as { data: unknown[] };
    const foreign = expectStatus(await call(other, operation), 200) as { data: { name?: string }[] };
    expect(own.data).not.toEqual([]);
    expect(foreign.data.filter(({ name }) => name !== 'Test key')).toEqual([]);
  });

  test.each([
    ['contacts?entryPointId=', 'entryPoint'],
    ['contacts?campaignId=', 'campaign'],
    ['entry-points?campaignId=', 'campaign'],
    ['inbound-sms?contactId=', 'contact'],
  ] as const)('%s<id of another account> shows nothing', async (path, resource) => {
    expect((await app.api.get<{ data: unknown[] }>(path + ids[resource])).body.data).toHaveLength(1);
    expect((await other.get<{ data: unknown[] }>(path + ids[resource])).body.data).toEqual([]);
  });

  test('the Twilio account of one account is not the one of another', async () => {
    const { body: telephony } = await other.get('telephony');
    expect(telephony).toMatchObject({ state: 'disconnected', accountSid: null, friendlyName: null });
    expect((await other.get('telephony/phone-numbers')).status).toBe(409);
    expect((await other.post('telephony/verify')).status).toBe(409);
    expect((await other.delete('telephony')).status).toBe(204);
    expect((await app.api.get('telephony')).body).toMatchObject({ state: 'connected' });
  });
});

/** All that an account's own rows say, to see that a foreign key changes none of them. */
async function snapshot({ dataSource }: TestApp): Promise<unknown> {
  const tables = [
    'blocked_senders',
    'campaigns',
    'canned_replies',
    'entry_points',
    'contacts',
    'contact_notes',
    'consumers',
    'inbound_sms',
    'contact_events',
    'message_media',
    'users',
  ];
  const revoked = await dataSource.query('SELECT id, revoked_at FROM api_keys ORDER BY id');
  return [
    revoked,
    ...(await Promise.all(tables.map((table) => dataSource.query(`SELECT * FROM ${table} ORDER BY id`)))),
  ];
}
