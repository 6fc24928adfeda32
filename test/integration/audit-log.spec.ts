import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditAction } from '../../src/access/audit-action.js';
import type { AuditEntryDto, AuditEntryPageDto } from '../../src/access/audit-entry.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { buildAccount } from '../support/accounts.ts';
import type { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { findJournalRow } from '../support/journal.ts';
import { sendSms } from '../support/phone.ts';
import { Poison } from '../support/poison.ts';
import { findDocumented } from '../support/routes.ts';
import { insertSettledUser, signInAs } from '../support/users.ts';

/** What agents do all day is in the thread and its events, not here; the rest asks or looks only. */
const NOT_AN_ADMINS_CHANGE = [
  'DELETE /contacts/{id}/notes/{noteId}',
  'DELETE /media/{id}',
  'PATCH /contacts/{id}',
  'POST /contacts/{id}/accept',
  'POST /contacts/{id}/close',
  'POST /contacts/{id}/messages',
  'POST /contacts/{id}/notes',
  'POST /contacts/{id}/reopen',
  'POST /contacts/{id}/transfer',
  'POST /media',
  'POST /media/{id}/fetch',
  'POST /reconciliation',
  'POST /sms/segments',
  'POST /telephony/verify',
];

interface Row {
  action: AuditAction;
  /** Does it, and says the id of what it was done to. */
  act: (app: TestApp) => Promise<string>;
  /** The first account's key, unless given. */
  actor?: object;
  before: object | null;
  after: object | null;
}

const called = async <T extends { id: string }>(api: Api, path: string, body: object): Promise<T> =>
  expectStatus(await api.post<T>(path, body), 201);

const POISONOUS = 'refused';
const A_KEY = { kind: 'api_key', id: expect.any(String), name: 'Test key' };
const A_USER = { kind: 'user', id: expect.any(String), name: expect.stringContaining('@example.com') };

const CHANGES: Record<string, Row> = {
  'POST /api-keys': {
    action: 'api_key.created',
    act: async ({ api }) => (await called(api, 'api-keys', { name: 'Desk', scopes: ['events:read'] })).id,
    before: null,
    after: { name: 'Desk', scopes: ['events:read'] },
  },
  'DELETE /api-keys/{id}': {
    action: 'api_key.revoked',
    act: async ({ api }) => {
      const { id } = await called(api, 'api-keys', { name: 'Desk', scopes: ['events:read'] });
      expectStatus(await api.delete(`api-keys/${id}`), 204);
      return id;
    },
    before: { revokedAt: null },
    after: { revokedAt: expect.any(String) },
  },
  'POST /blocked-senders': {
    action: 'blocked_sender.created',
    act: async ({ api }) => (await called(api, 'blocked-senders', { phoneNumber: '+15005550661' })).id,
    before: null,
    after: { phoneNumber: '+15005550661' },
  },
  'DELETE /blocked-senders/{id}': {
    action: 'blocked_sender.deleted',
    act: async ({ api }) => {
      const { id } = await called(api, 'blocked-senders', { phoneNumber: '+15005550662', reason: 'Advertising' });
      expectStatus(await api.delete(`blocked-senders/${id}`), 204);
      return id;
    },
    before: { phoneNumber: '+15005550662', reason: 'Advertising' },
    after: null,
  },
  'POST /campaigns': {
    action: 'campaign.created',
    act: async ({ api }) => (await called(api, 'campaigns', { name: 'Made', languages: ['en'] })).id,
    before: null,
    after: { name: 'Made', languages: ['en'] },
  },
  'PATCH /campaigns/{id}': {
    action: 'campaign.updated',
    act: async (app) => {
      const { id } = await buildCampaign(app);
      expectStatus(await app.api.patch(`campaigns/${id}`, { smsInboundEnabled: false }), 200);
      return id;
    },
    before: { smsInboundEnabled: true },
    after: { smsInboundEnabled: false },
  },
  'DELETE /campaigns/{id}': {
    action: 'campaign.deleted',
    act: async (app) => {
      const { id } = await buildCampaign(app);
      expectStatus(await app.api.delete(`campaigns/${id}`), 204);
      return id;
    },
    before: { languages: expect.any(Array) },
    after: null,
  },
  'POST /canned-replies': {
    action: 'canned_reply.created',
    act: async ({ api }) => (await called(api, 'canned-replies', { shortcut: 'hi', text: 'Hello!' })).id,
    before: null,
    after: { shortcut: 'hi', text: 'Hello!' },
  },
  'PATCH /canned-replies/{id}': {
    action: 'canned_reply.updated',
    act: async ({ api }) => {
      const { id } = await called(api, 'canned-replies', { shortcut: 'bye', text: 'Bye' });
      expectStatus(await api.patch(`canned-replies/${id}`, { text: 'Goodbye' }), 200);
      return id;
    },
    before: { text: 'Bye' },
    after: { text: 'Goodbye' },
  },
  'DELETE /canned-replies/{id}': {
    action: 'canned_reply.deleted',
    act: async ({ api }) => {
      const { id } = await called(api, 'canned-replies', { shortcut: 'gone', text: 'Gone' });
      expectStatus(await api.delete(`canned-replies/${id}`), 204);
      return id;
    },
    before: { shortcut: 'gone' },
    after: null,
  },
  'PUT /consumers/{name}': {
    action: 'consumer.created',
    act: async ({ api }) => {
      expectStatus(await api.put('consumers/made', {}), 200);
      return 'made';
    },
    before: null,
    after: null,
  },
  'POST /consumers/{name}/replay': {
    action: 'consumer.replayed',
    act: async ({ api }) => {
      expectStatus(await api.put('consumers/replayed', {}), 200);
      expectStatus(await api.post('consumers/replayed/replay', {}), 202);
      return 'replayed';
    },
    before: null,
    after: { after: null },
  },
  'DELETE /consumers/{name}': {
    action: 'consumer.deleted',
    act: async ({ api }) => {
      expectStatus(await api.put('consumers/gone', {}), 200);
      expectStatus(await api.delete('consumers/gone'), 204);
      return 'gone';
    },
    before: null,
    after: null,
  },
  'POST /entry-points': {
    action: 'entry_point.created',
    act: (app) => withEntryPoint(app, async () => undefined),
    before: null,
    after: { state: 'active', phoneNumber: expect.stringMatching(/^\+\d+$/) },
  },
  'PATCH /entry-points/{id}': {
    action: 'entry_point.updated',
    act: (app) =>
      withEntryPoint(app, async ({ id }) => {
        expectStatus(await app.api.patch(`entry-points/${id}`, { state: 'disabled' }), 200);
      }),
    before: { state: 'active' },
    after: { state: 'disabled' },
  },
  'POST /entry-points/{id}/webhook': {
    action: 'entry_point.webhook_set',
    act: (app) => withEntryPoint(app, async () => undefined),
    before: { smsUrl: null },
    after: { smsUrl: expect.stringContaining('/webhooks/twilio/sms/') },
  },
  'POST /entry-points/{id}/webhook/restore': {
    action: 'entry_point.webhook_restored',
    act: (app) =>
      withEntryPoint(app, async ({ id }) => {
        expectStatus(await app.api.post(`entry-points/${id}/webhook/restore`), 200);
      }),
    before: { smsUrl: expect.stringContaining('/webhooks/twilio/sms/') },
    after: { smsUrl: null },
  },
  'DELETE /entry-points/{id}': {
    action: 'entry_point.deleted',
    act: (app) =>
      withEntryPoint(app, async ({ id }) => {
        expectStatus(await app.api.delete(`entry-points/${id}`), 204);
      }),
    before: { state: 'active' },
    after: null,
  },
  'PATCH /sms-inbound': {
    action: 'sms_inbound.updated',
    act: async ({ api, dataSource }) => {
      expectStatus(await api.patch('sms-inbound', { enabled: false }), 200);
      // Back, but not by an admin: what follows needs its entry points.
      await dataSource.query('UPDATE accounts SET sms_inbound_disabled_at = NULL, sms_inbound_disabled_by = NULL');
      const [account] = await dataSource.query<{ id: string }[]>('SELECT id FROM accounts');
      return account!.id;
    },
    before: { enabled: true },
    after: { enabled: false },
  },
  'POST /users': {
    action: 'user.created',
    act: async ({ api }) => (await called(api, 'users', { email: 'made@example.com', role: 'agent' })).id,
    before: null,
    after: { email: 'made@example.com', role: 'agent' },
  },
  'PATCH /users/{id}': {
    action: 'user.updated',
    act: async ({ api }) => {
      const { id } = await called(api, 'users', { email: 'changed@example.com', role: 'agent' });
      expectStatus(await api.patch(`users/${id}`, { role: 'admin', password: 'another pass phrase' }), 200);
      return id;
    },
    before: { role: 'agent', password: null },
    after: { role: 'admin', password: 'changed' },
  },
  'POST /session': {
    action: 'user.signed_in',
    act: async (app) => {
      const user = await insertSettledUser(app);
      await signInAs(app, user);
      return user.id;
    },
    actor: A_USER,
    before: null,
    after: null,
  },
  'POST /session/password': {
    action: 'user.password_changed',
    act: async (app) => {
      const user = await insertSettledUser(app);
      const change = { currentPassword: user.password, newPassword: 'another pass phrase' };
      expectStatus(await (await signInAs(app, user)).post('session/password', change), 200);
      return user.id;
    },
    actor: A_USER,
    before: null,
    after: null,
  },
  'DELETE /session': {
    action: 'user.signed_out_everywhere',
    act: async (app) => {
      const user = await insertSettledUser(app);
      const browser = await signInAs(app, user);
      expectStatus(await browser.delete('session?everywhere=true'), 204);
      return user.id;
    },
    actor: A_USER,
    before: null,
    after: null,
  },
  'POST /inbound-sms/{id}/replay': {
    action: 'inbound_sms.replayed',
    act: async (app) => {
      const id = await buildDeadLetter(app);
      expectStatus(await app.api.post(`inbound-sms/${id}/replay`), 202);
      return id;
    },
    before: { verdict: 'dead_letter' },
    after: { verdict: null },
  },
  'POST /inbound-sms/{id}/discard': {
    action: 'inbound_sms.discarded',
    act: async (app) => {
      const id = await buildDeadLetter(app);
      expectStatus(await app.api.post(`inbound-sms/${id}/discard`), 200);
      expectStatus(await app.api.post(`inbound-sms/${id}/discard`), 200);
      return id;
    },
    before: { discardedAt: null },
    after: { discardedAt: expect.any(String) },
  },
  'PUT /telephony': {
    action: 'telephony.connected',
    act: async (app) => {
      expectStatus(await app.api.delete('telephony'), 204);
      await connectTelephony(app);
      return app.simulator.accountSid;
    },
    before: { state: 'disconnected', authTokenLast4: null },
    after: { state: 'connected', authTokenLast4: expect.stringMatching(/^[0-9a-f]{4}$/) },
  },
  'DELETE /telephony': {
    action: 'telephony.disconnected',
    act: async (app) => {
      expectStatus(await app.api.delete('telephony'), 204);
      return app.simulator.accountSid;
    },
    before: { state: 'connected', authTokenLast4: expect.stringMatching(/^.{4}$/) },
    after: { state: 'disconnected', authTokenLast4: null },
  },
};

describe('The audit log', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await (await Poison.install(app.dataSource)).add(POISONOUS, '22023');
  });
  afterAll(() => app.stop());

  const entriesOf = async (subjectId: string, action: AuditAction): Promise<AuditEntryDto[]> => {
    const path = `audit-log?action=${action}&subjectId=${encodeURIComponent(subjectId)}`;
    return expectStatus(await app.api.get<AuditEntryPageDto>(path), 200).data;
  };

  const countEntries = async (action: AuditAction): Promise<number> => {
    const query = 'SELECT count(*)::int AS count FROM audit_log WHERE action = $1';
    const [row] = await app.dataSource.query<{ count: number }[]>(query, [action]);
    return row!.count;
  };

  test('every operation that changes something is written down, or here with the reason why not', () => {
    const changing = findDocumented(app.app)
      .map(({ operation }) => operation.replace('/api/v1', ''))
      .filter((operation) => !/^(GET|HEAD) /.test(operation));
    expect([...Object.keys(CHANGES), ...NOT_AN_ADMINS_CHANGE].toSorted()).toEqual(changing.toSorted());
  });

  test.each(Object.entries(CHANGES))('%s leaves one entry: who, what, before, after', async (_, row) => {
    const before = await countEntries(row.action);
    const subjectId = await row.act(app);
    expect((await countEntries(row.action)) - before).toBe(1);
    const [entry] = await entriesOf(subjectId, row.action);
    expect(entry).toMatchObject({
      actor: row.actor ?? A_KEY,
      subject: { id: subjectId },
      before: row.before,
      after: row.after,
    });
  });

  test('what is refused, and what changes nothing, leaves none', async () => {
    const { id, name } = await buildCampaign(app);
    expectStatus(await app.api.patch(`campaigns/${id}`, { name }), 200);
    expect((await app.api.patch(`campaigns/${id}`, { languages: [] })).status).toBe(422);
    expect((await app.api.call('PATCH', `campaigns/${id}`, { name: 'Other' }, { 'if-match': '"99"' })).status).toBe(
      412,
    );
    expect(await entriesOf(id, 'campaign.updated')).toEqual([]);
  });

  test('it is read by page and by filter, and by nobody else', async () => {
    const first = expectStatus(await app.api.get<AuditEntryPageDto>('audit-log?limit=3'), 200);
    expect(first.data).toHaveLength(3);
    const second = expectStatus(
      await app.api.get<AuditEntryPageDto>(`audit-log?limit=3&cursor=${first.nextCursor}`),
      200,
    );
    expect(second.data[0]!.id < first.data[2]!.id).toBe(true);
    const actorId = first.data[0]!.actor.id;
    const mine = expectStatus(await app.api.get<AuditEntryPageDto>(`audit-log?actorId=${actorId}`), 200);
    expect(mine.data.length).toBeGreaterThan(3);
    const future = expectStatus(await app.api.get<AuditEntryPageDto>('audit-log?since=2999-01-01T00:00:00Z'), 200);
    expect(future.data).toEqual([]);
    const { api: other } = await buildAccount(app);
    expect(expectStatus(await other.get<AuditEntryPageDto>('audit-log'), 200).data).toEqual([]);
  });

  test('nobody rewrites it', async () => {
    const { dataSource } = app;
    await expect(dataSource.query(`UPDATE audit_log SET actor_name = 'Nobody'`)).rejects.toThrow('is not changed');
    await expect(dataSource.query('DELETE FROM audit_log')).rejects.toThrow('is not changed');
  });

  test('no secret is in it', async () => {
    const { key } = await called<{ id: string; key: string }>(app.api, 'api-keys', {
      name: 'K',
      scopes: ['events:read'],
    });
    const password = 'a canary of a password';
    await called(app.api, 'users', { email: 'canary@example.com', role: 'agent', password });
    await connectTelephony(app);
    const all = JSON.stringify(await app.dataSource.query('SELECT * FROM audit_log'));
    // The secret itself may have a `_`.
    const [, , ...secrets] = key.split('_');
    for (const secret of [secrets.join('_'), password, app.simulator.authToken]) expect(all).not.toContain(secret);
  });
});

/** An SMS that failed for good. */
async function buildDeadLetter(app: TestApp): Promise<string> {
  let messageSid = '';
  await withEntryPoint(app, async () => {
    ({ messageSid } = await sendSms(app, { from: '+15005550151', body: POISONOUS }));
    await eventually('its verdict', async () => (await findJournalRow(app, messageSid))?.verdict);
  });
  return (await findJournalRow(app, messageSid))!.id;
}

/** An entry point whose webhook is set; afterwards its number is free again, as it was. */
async function withEntryPoint(app: TestApp, act: (entryPoint: EntryPointDto) => Promise<void>): Promise<string> {
  const entryPoint = await buildEntryPoint(app);
  await act(entryPoint);
  await app.api.post(`entry-points/${entryPoint.id}/webhook/restore`);
  await app.api.delete(`entry-points/${entryPoint.id}`);
  return entryPoint.id;
}
