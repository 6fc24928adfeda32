import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { encodeForm } from '../../simulator/src/webhook/form.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { makeTrouble, messageOf, postReply, readInbox, untilStatus } from '../support/replies.ts';
import { type WebhookAnswer, newMessageSid, postForm, postSigned, signForm } from '../support/signed-forms.ts';

const CONTACTS = 10;
const MESSAGES = 100;
const STEPS = ['queued', 'sending', 'sent'];
const FINAL = [
  { status: 'delivered', errorCode: null },
  { status: 'undelivered', errorCode: 30_003 },
  { status: 'failed', errorCode: 30_008 },
];
const ORDER = ['queued', 'unknown', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read'];

const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);

describe('Status callbacks', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let contact: ContactDto;

  beforeAll(async () => {
    app = await startTestApp({ SMS_PER_SECOND: '500' });
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    contact = await textAndWait(app, { from: '+15005570001' });
    // Twilio's own callbacks stay away: the tests are Twilio.
    await makeTrouble(app, { callbacks: { missing: true } });
  });
  afterAll(() => app.stop());

  const send = async (): Promise<MessageDto> =>
    untilStatus(app, expectStatus(await postReply(app, contact.id, { body: 'Hi' }), 201), 'sending');
  const urlOf = (messageId: string): string =>
    entryPoint.webhookUrl.replace('/sms/', '/status/') + messageId.replaceAll('-', '');
  const formOf = (message: MessageDto, status: string, given: Record<string, string> = {}): string =>
    encodeForm(
      Object.entries({
        SmsSid: message.twilioMessageSid!,
        SmsStatus: status,
        MessageStatus: status,
        To: contact.ani,
        MessageSid: message.twilioMessageSid!,
        AccountSid: app.simulator.accountSid,
        From: contact.dnis,
        ApiVersion: '2010-04-01',
        ...given,
      }),
    );
  const call = (message: MessageDto, status: string, given?: Record<string, string>): Promise<WebhookAnswer> =>
    postSigned(app, urlOf(message.id), formOf(message, status, given));

  test(`${MESSAGES * 10} in random order and doubled leave every message in its one final status`, async () => {
    const customers = Array.from({ length: CONTACTS }, (_, n) => `+1500557${1000 + n}`);
    const contacts = await Promise.all(customers.map((from) => textAndWait(app, { from })));
    const readReplies = async (): Promise<MessageDto[]> => {
      const threads = contacts.map(({ id }) => readPages<MessageDto>(app.api, `contacts/${id}/messages?limit=100`));
      return (await Promise.all(threads)).flat(2).filter(({ direction }) => direction === 'outbound');
    };
    await Promise.all(
      contacts.map(async ({ id }) => {
        for (let n = 0; n < MESSAGES / CONTACTS; n++) expectStatus(await postReply(app, id, { body: 'Hi' }), 201);
      }),
    );
    const messages = await eventually(
      'all are at Twilio',
      async () => {
        const replies = await readReplies();
        return replies.every(({ status }) => status === 'sending') && replies;
      },
      60_000,
    );
    const finalOf = (n: number): (typeof FINAL)[number] => FINAL[n % FINAL.length]!;
    const calls = messages.flatMap((message, n) => {
      const { status, errorCode } = finalOf(n);
      const error = errorCode === null ? {} : { ErrorCode: String(errorCode) };
      const once = [...STEPS.map((step) => ({ message, step, error: {} })), { message, step: status, error }];
      // What was delivered was sent; Twilio may also tell an earlier step once more at the end.
      return [...once, ...once, ...STEPS.slice(1).map((step) => ({ message, step, error: {} }))];
    });
    expect(calls).toHaveLength(MESSAGES * 10);
    const waiting = shuffled(calls);
    const statuses: number[] = [];
    const caller = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        statuses.push((await call(next.message, next.step, next.error)).status);
      }
    };
    await Promise.all(Array.from({ length: 16 }, caller));
    expect(statuses.filter((status) => status !== 200)).toEqual([]);

    expect(await readReplies()).toMatchObject(messages.map(({ id }, n) => ({ id, ...finalOf(n) })));
    const told = await app.dataSource.query(
      `SELECT message_id AS id, count(*)::int AS count FROM contact_events WHERE type = 'message.status' GROUP BY 1`,
    );
    expect(told).toHaveLength(MESSAGES);
    for (const { count } of told as { count: number }[]) expect(count).toBeLessThanOrEqual(3);
  });

  test.each(ORDER.slice(2).flatMap((from, n) => ORDER.slice(2).map((to, m) => [from, to, m > n ? to : from] as const)))(
    'from %s, %s leads to %s',
    async (from, to, result) => {
      const message = await send();
      await call(message, from);
      expect((await call(message, to)).status).toBe(200);
      expect((await messageOf(app, message)).status).toBe(result);
    },
  );

  test('after a failure that was none, nothing of the failure is left', async () => {
    const message = await send();
    await call(message, 'undelivered', { ErrorCode: '30003' });
    expect(await messageOf(app, message)).toMatchObject({ errorCode: 30_003, errorAdvice: expect.any(String) });
    await call(message, 'delivered');
    expect(await messageOf(app, message)).toMatchObject({
      status: 'delivered',
      errorCode: null,
      errorText: null,
      errorAdvice: null,
    });
  });

  test('are answered with TwiML that sends nothing', async () => {
    const answer = await call(await send(), 'sent');
    expect(answer).toMatchObject({ status: 200, contentType: expect.stringMatching(/^text\/xml/) });
    expect(answer.body).toMatch(/<Response\/>$/);
  });

  test.each<[string, number, (message: MessageDto) => Promise<WebhookAnswer>]>([
    ['without a signature', 403, (message) => postForm(urlOf(message.id), formOf(message, 'delivered'))],
    [
      'signed for another message',
      403,
      async (message) => {
        const other = await send();
        const signature = {
          'X-Twilio-Signature': signForm(app.simulator.authToken, urlOf(other.id), formOf(message, 'delivered')),
        };
        return postForm(urlOf(message.id), formOf(message, 'delivered'), signature);
      },
    ],
    ['of another Twilio account', 200, (message) => call(message, 'delivered', { AccountSid: `AC${'0'.repeat(32)}` })],
    [
      'with a key nobody has',
      404,
      (message) =>
        postSigned(app, urlOf(message.id).replace(/status\/.{4}/, 'status/aaaa'), formOf(message, 'delivered')),
    ],
    [
      'of a message nobody sent',
      200,
      (message) => postSigned(app, urlOf(crypto.randomUUID()), formOf(message, 'delivered')),
    ],
    ['whose URL names no message', 200, (message) => postSigned(app, urlOf(''), formOf(message, 'delivered'))],
    ['with a status nobody knows', 200, (message) => call(message, 'beamed')],
    [
      'without a MessageSid',
      200,
      (message) =>
        postSigned(app, urlOf(message.id), formOf(message, 'delivered').replaceAll('MessageSid', 'MassageSid')),
    ],
  ])('%s change nothing (%i)', async (_, status, attempt) => {
    const message = await send();
    expect((await attempt(message)).status).toBe(status);
    expect(await messageOf(app, message)).toEqual(message);
  });

  test('a second SID for the same message is an alarm', async () => {
    const message = await send();
    expect((await call(message, 'sent', { MessageSid: newMessageSid() })).status).toBe(200);
    expect((await messageOf(app, message)).twilioMessageSid).toBe(message.twilioMessageSid);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/^sms_outbound_sent_twice_total 1$/m);
  });

  test("an inbound message's status is nobody's to change", async () => {
    const inbound = (await app.api.get<{ data: MessageDto[] }>(`contacts/${contact.id}/messages`)).body.data[0]!;
    expect((await call(inbound, 'failed')).status).toBe(200);
    expect((await messageOf(app, inbound)).status).toBe('received');
  });

  describe('that never come', () => {
    /** Makes the look at Twilio due as soon as the message has its final status there. */
    async function sendAndAsk(from: string, finalStatus: string): Promise<MessageDto> {
      const { id } = await textAndWait(app, { from });
      const message = await untilStatus(app, expectStatus(await postReply(app, id, { body: 'Hi' }), 201), 'sending');
      await eventually(`${finalStatus} at Twilio`, async () => (await readInbox(app, from))[0]?.status === finalStatus);
      const [[{ hours }]] = await app.dataSource.query(
        `UPDATE outbound_sms AS sms SET status_check_at = now() FROM outbound_sms AS before
         WHERE sms.message_id = $1 AND before.message_id = $1
         RETURNING extract(epoch FROM before.status_check_at - before.done_at)::float8 / 3600 AS hours`,
        [message.id],
      );
      expect(hours).toBe(24);
      return message;
    }

    test('are asked for at Twilio', async () => {
      const message = await sendAndAsk('+15005570002', 'delivered');
      await untilStatus(app, message, 'delivered');
      const [row] = await app.dataSource.query('SELECT status_check_at AS at FROM outbound_sms WHERE message_id = $1', [
        message.id,
      ]);
      expect(row.at).toBeNull();
    });

    test('and tell of a failure, are asked for too', async () => {
      await makeTrouble(app, { callbacks: { missing: true }, deliveryFails: { code: 30_005 } });
      const message = await sendAndAsk('+15005570003', 'undelivered');
      expect(await untilStatus(app, message, 'undelivered')).toMatchObject({ errorCode: 30_005 });
    });
  });
});
