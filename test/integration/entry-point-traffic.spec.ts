import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointTrafficDto, EntryPointTrafficPageDto } from '../../src/inbound-sms/entry-point-traffic.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { firstAccountId } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { findJournalRow } from '../support/journal.ts';
import { sendSms } from '../support/phone.ts';
import { fieldsOf } from '../support/problems.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

describe('The traffic of entry points', () => {
  let app: TestApp;
  let support: EntryPointDto;
  let vendas: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    support = await buildEntryPoint(app, { phoneNumber: '+15005550006' });
    vendas = await buildEntryPoint(app, { phoneNumber: '+5511955550001', language: 'pt-BR' });
  });
  afterAll(() => app.stop());

  const read = async (query = ''): Promise<EntryPointTrafficDto[]> =>
    expectStatus(await app.api.get<EntryPointTrafficPageDto>(`entry-points/traffic${query}`), 200).data;
  const of = async ({ id }: EntryPointDto, query = ''): Promise<EntryPointTrafficDto> =>
    (await read(query)).find(({ entryPointId }) => entryPointId === id)!;

  test('before anything came, each entry point has a row of zeros, newest first', async () => {
    const nothing = { received: 0, accepted: 0, waiting: 0, active: 0, lastReceivedAt: null };
    expect(await read()).toEqual([
      { entryPointId: vendas.id, ...nothing },
      { entryPointId: support.id, ...nothing },
    ]);
  });

  test('counts what came and what became a contact, and the contacts that are open', async () => {
    const customers = ['+15005552001', '+15005552002', '+15005552003'];
    const contacts = [];
    for (const from of customers) contacts.push(await textAndWait(app, { from }));
    await textAndWait(app, { from: customers[0]! });
    expectStatus(await app.api.post(`contacts/${contacts[0]!.id}/accept`, { agentId: 'agent-7' }), 200);
    expectStatus(await app.api.post(`contacts/${contacts[1]!.id}/close`), 200);
    expectStatus(await app.api.patch(`entry-points/${support.id}`, { state: 'disabled' }), 200);
    const { messageSid } = await sendSms(app, { from: customers[2]! });
    await eventually('its verdict', async () => (await findJournalRow(app, messageSid))?.verdict);

    const { lastReceivedAt, ...counts } = await of(support);
    expect(counts).toEqual({ entryPointId: support.id, received: 5, accepted: 4, waiting: 1, active: 1 });
    expect(Date.now() - new Date(lastReceivedAt!).getTime()).toBeLessThan(60_000);
    expect(await of(vendas)).toMatchObject({ received: 0, waiting: 0, lastReceivedAt: null });
  });

  test('what waits for its verdict, and what failed for good, counts for whoever has the number', async () => {
    const before = await of(vendas);
    await app.dataSource.query(
      `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
         conversation_key, job_due_at, verdict, processed_at)
       SELECT gen_random_uuid(), $1, 'AC', 'SM' || n, '+15005552009', $2, '', '', 0, 'infinity', verdict,
         CASE WHEN verdict IS NOT NULL THEN now() END
       FROM unnest(ARRAY[NULL, 'dead_letter', 'unrouted']) WITH ORDINALITY AS sms (verdict, n)`,
      [await firstAccountId(app), vendas.phoneNumber],
    );
    expect(await of(vendas)).toMatchObject({ received: before.received + 2, accepted: before.accepted });
    await app.dataSource.query(`DELETE FROM inbound_sms WHERE twilio_message_sid ~ '^SM.$'`);
  });

  test('counts from the time asked for on; the last SMS is the last one, also when it came before', async () => {
    const { id } = await textAndWait(app, { from: '+15005552010', to: vendas.phoneNumber });
    const at = ago(30);
    await app.dataSource.query('UPDATE inbound_sms SET received_at = $1 WHERE contact_id = $2', [at, id]);
    expect(await of(vendas)).toMatchObject({ received: 0, accepted: 0, waiting: 1, lastReceivedAt: at });
    expect(await of(vendas, `?since=${ago(31)}`)).toMatchObject({ received: 1, accepted: 1 });
    expect(await of(vendas, `?since=${ago(29)}`)).toMatchObject({ received: 0, accepted: 0 });
    expect(await of(vendas, `?since=${encodeURIComponent(at.replace('Z', '+00:00'))}`)).toMatchObject({ received: 1 });
  });

  test.each([
    ['a time without a zone', 'since=2026-11-24T10:31:00'],
    ['a day', 'since=2026-11-24'],
    ['no time', 'since=yesterday'],
    ['a day that does not exist', 'since=2026-13-41T00:00:00Z'],
    ['more than 31 days ago', `since=${ago(31 * 24 + 1)}`],
  ])('%s is refused', async (_, query) => {
    const answer = await app.api.get(`entry-points/traffic?${query}`);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, ['since']]);
  });

  test('a deleted entry point has no row', async () => {
    expectStatus(await app.api.delete(`entry-points/${support.id}`), 204);
    expect((await read()).map(({ entryPointId }) => entryPointId)).toEqual([vendas.id]);
  });
});
