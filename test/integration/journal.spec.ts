import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { InboundSmsDto, InboundSmsPageDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import type { Answer } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { findJournalRow } from '../support/journal.ts';
import { sendSms } from '../support/phone.ts';
import { Poison } from '../support/poison.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

const [ANA, BO] = ['+15005552001', '+15005552002'];

describe('The journal', () => {
  let app: TestApp;
  let support: EntryPointDto;
  let vendas: EntryPointDto;
  let contact: ContactDto;
  /** Oldest first: of Ana, of Bo on another number, of Ana and dead. */
  let all: InboundSmsDto[];

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    support = await buildEntryPoint(app, { phoneNumber: '+15005550006' });
    vendas = await buildEntryPoint(app, { phoneNumber: '+5511955550001', language: 'pt-BR' });
    contact = await textAndWait(app, { from: ANA });
    await textAndWait(app, { from: BO, to: vendas.phoneNumber });
    const poison = await Poison.install(app.dataSource);
    await poison.add('refused', '22023');
    const { messageSid } = await sendSms(app, { from: ANA, body: 'refused' });
    await eventually('its verdict', async () => (await findJournalRow(app, messageSid))?.verdict);
    await poison.clear();
    await app.dataSource.query(
      `UPDATE inbound_sms SET received_at = '2026-11-20T00:00:00Z'::timestamptz + received_order * interval '1 day'`,
    );
    all = (await list('')).toReversed();
  });
  afterAll(() => app.stop());

  const list = async (query: string): Promise<InboundSmsDto[]> =>
    expectStatus(await app.api.get<InboundSmsPageDto>(`inbound-sms?${query}`), 200).data;
  const discard = (id: string): Promise<Answer<InboundSmsDto>> => app.api.post(`inbound-sms/${id}/discard`);

  test.each<[string, () => string, number[]]>([
    ['nothing', () => '', [2, 1, 0]],
    ['its verdict', () => 'verdict=accepted', [1, 0]],
    ['its entry point', () => `entryPointId=${vendas.id}`, [1]],
    ['its contact', () => `contactId=${contact.id}`, [0]],
    ['its MessageSid', () => `twilioMessageSid=${all[1]!.twilioMessageSid}`, [1]],
    ['its sender', () => `customer=${encodeURIComponent(ANA)}`, [2, 0]],
    ['a sender nobody is', () => 'customer=%2B19995550000', []],
    ['its time on', () => `since=${at(1)}`, [2, 1]],
    ['up to a time', () => `until=${at(1)}`, [0]],
    ['a day', () => `since=${at(1)}&until=${at(2)}`, [1]],
    ['sender and time', () => `customer=${encodeURIComponent(ANA)}&since=${at(1)}`, [2]],
    ['sender and entry point', () => `customer=${encodeURIComponent(ANA)}&entryPointId=${support.id}`, [0]],
    ['what SQL would trip over', () => `customer=${encodeURIComponent("');--\u0000")}`, []],
  ])('narrowed by %s gives those and no other, newest first', async (_, query, expected) => {
    expect((await list(query())).map(({ id }) => id)).toEqual(expected.map((n) => all[n]!.id));
  });

  const at = (n: number): string => new Date(all[n]!.receivedAt).toISOString();

  test('is in the order in which SMS came, to the microsecond, page by page, and not in which they were stored', async () => {
    const customer = '+15005552003';
    await app.dataSource.query(
      `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
         conversation_key, received_at, processed_at, verdict)
       SELECT uuidv7(), account_id, account_sid, 'SM' || md5(n::text), $1, to_number, n::text, raw, conversation_key,
         '2026-11-01T12:00:00Z'::timestamptz + microseconds * interval '1 microsecond', now(), 'accepted'
       FROM (SELECT * FROM inbound_sms LIMIT 1) AS one,
         unnest(ARRAY[3, 1, 1, 1999, 2]) WITH ORDINALITY AS came (microseconds, n)`,
      [customer],
    );
    const bodies: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `customer=${encodeURIComponent(customer)}&limit=1${cursor && `&cursor=${cursor}`}`;
      const page: InboundSmsPageDto = expectStatus(await app.api.get<InboundSmsPageDto>(`inbound-sms?${query}`), 200);
      bodies.push(...page.data.map(({ body }) => body));
      cursor = page.nextCursor;
    }
    expect(bodies).toEqual(['4', '1', '5', '3', '2']);
  });

  test.each(['12', '12.5.1', '1e3.4', '-1.2', '12345678901234567.1', '1.1234567890123456789'])(
    'refuses %s as a place in it',
    async (place) => {
      const answer = await app.api.get(`inbound-sms?cursor=${Buffer.from(place).toString('base64url')}`);
      expect([answer.status, fieldsOf(answer)]).toEqual([422, ['cursor']]);
    },
  );

  test('has nothing before the beginning of time, and all before its end', async () => {
    const from = async (place: string): Promise<number> =>
      (await list(`cursor=${Buffer.from(place).toString('base64url')}`)).length;
    expect(await from('0.1')).toBe(0);
    expect(await from('9999999999999999.999999999999999999')).toBeGreaterThanOrEqual(all.length);
  });

  test.each([
    ['since', 'since=yesterday'],
    ['until', 'until=2026-11-24T10:31'],
    ['discarded', 'discarded=maybe'],
    ['customer', `customer=${'1'.repeat(101)}`],
  ])('refuses a wrong %s by name', async (field, query) => {
    const answer = await app.api.get(`inbound-sms?${query}`);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, [field]]);
  });

  test('a dead letter is put aside, once, and stays what it is; a replay takes it up again', async () => {
    const dead = all[2]!;
    expect(dead).toMatchObject({ verdict: 'dead_letter', discardedAt: null });
    const discarded = expectStatus(await discard(dead.id), 200);
    expect(discarded).toEqual({ ...dead, discardedAt: expect.any(String) });
    expect(expectStatus(await discard(dead.id), 200)).toEqual(discarded);
    expect(await list('verdict=dead_letter')).toEqual([discarded]);
    expect(await list('verdict=dead_letter&discarded=false')).toEqual([]);
    expect(await list('discarded=true')).toEqual([discarded]);
    const { checks } = (await app.api.get<{ checks: { name: string; state: string }[] }>('health-report')).body;
    expect(checks).toContainEqual(expect.objectContaining({ name: 'dead_letters', state: 'ok' }));

    expect(expectStatus(await app.api.post<InboundSmsDto>(`inbound-sms/${dead.id}/replay`), 202)).toMatchObject({
      verdict: null,
      discardedAt: null,
    });
    await eventually('its contact', async () => (await findJournalRow(app, dead.twilioMessageSid))?.contact_id);
  });

  test('what is in a contact cannot be put aside', async () => {
    const problem = problemOf(await discard(all[0]!.id));
    expect(problem).toMatchObject({ status: 409, errorCode: 'not_a_dead_letter' });
    expect(await list(`twilioMessageSid=${all[0]!.twilioMessageSid}`)).toEqual([all[0]]);
  });
});
