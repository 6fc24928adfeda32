import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import {
  makeTrouble,
  messageOf,
  postReply,
  readInbox,
  type Reply,
  skipRests,
  untilStatus,
  untilStatusWithoutRests,
} from '../support/replies.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const SLOW_NUMBER = '+18885550100';

let phones = 0;
const newPhone = (): string => `+1500556${String(1000 + ++phones)}`;

describe('Replies', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ SMS_PER_SECOND: '50', SMS_PER_SECOND_TOLL_FREE: '2' });
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterAll(() => app.stop());
  afterEach(() => makeTrouble(app, {}));

  const newContact = (from = newPhone()): Promise<ContactDto> => textAndWait(app, { from });
  const reply = (contact: ContactDto, body: string | Reply, key?: string) =>
    postReply(app, contact.id, typeof body === 'string' ? { body } : body, key);
  const inboxOf = async ({ ani }: ContactDto): Promise<string[]> => (await readInbox(app, ani)).map(({ body }) => body);

  test('reaches the phone from the number that was texted, and its status is told step by step', async () => {
    const contact = await newContact();
    expectStatus(await app.api.post(`contacts/${contact.id}/accept`, { agentId: 'agent-7' }), 200);
    const sent = expectStatus(await reply(contact, 'Let me check – one moment 🙂'), 201);
    expect(sent).toMatchObject({
      contactId: contact.id,
      direction: 'outbound',
      origin: 'agent',
      agentId: 'agent-7',
      body: 'Let me check – one moment 🙂',
      status: 'queued',
      twilioMessageSid: null,
      segments: 1,
      errorCode: null,
    });
    const delivered = await untilStatus(app, sent, 'delivered');
    const inbox = await readInbox(app, contact.ani);
    expect(inbox).toMatchObject([{ from: contact.dnis, to: contact.ani, body: sent.body, status: 'delivered' }]);
    expect(delivered.twilioMessageSid).toBe(inbox[0]!.messageSid);
    const { body: grown } = await app.api.get<ContactDto>(`contacts/${contact.id}`);
    expect(grown.messageCount).toBe(2);
    const { body: log } = await app.api.get<{ data: { type: string; data: Record<string, unknown> }[] }>(
      'events?limit=100',
    );
    const own = log.data.filter(({ data }) => data['messageId'] === sent.id);
    expect(own[0]!.type).toBe('contact.message');
    expect(own.slice(1).map(({ type }) => type)).toEqual(own.slice(1).map(() => 'message.status'));
    expect(own.length).toBeGreaterThanOrEqual(3);
    const versions = log.data.filter(({ data }) => data['contactId'] === contact.id).map(({ data }) => data['version']);
    expect(versions).toEqual(versions.map((_, n) => n + 1));
    expect(grown.version).toBe(versions.length);
  });

  test('those of one conversation arrive in the order they were written', async () => {
    const contact = await newContact();
    const bodies = Array.from({ length: 12 }, (_, n) => `Line ${n}`);
    for (const body of bodies) expectStatus(await reply(contact, body), 201);
    await eventually('all are there', async () => (await inboxOf(contact)).length === bodies.length);
    expect(await inboxOf(contact)).toEqual(bodies);
  });

  test('the same Idempotency-Key ten times at once and once later is one message', async () => {
    const contact = await newContact();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => reply(contact, 'Once', key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    await untilStatus(app, answers[0]!.body, 'delivered');
    expect(expectStatus(await reply(contact, 'Once', key), 201)).toMatchObject({
      id: [...ids][0],
      status: 'delivered',
    });
    expect(await inboxOf(contact)).toEqual(['Once']);
  });

  test('an Idempotency-Key of another message is refused', async () => {
    const contact = await newContact();
    const key = randomUUID();
    expectStatus(await reply(contact, 'First', key), 201);
    for (const answer of [await reply(contact, 'Second', key), await reply(await newContact(), 'First', key)]) {
      expect(problemOf(answer)).toMatchObject({ status: 422, errorCode: 'idempotency_key_reused' });
    }
    expect(problemOf(await reply(contact, 'Third', ' '))).toMatchObject({ errorCode: 'idempotency_key_invalid' });
  });

  describe('that cannot be sent', () => {
    let contact: ContactDto;

    beforeAll(async () => {
      contact = await newContact();
    });

    test.each<[string, Reply, string]>([
      ['no text', {}, 'body'],
      ['blanks', { body: ' \n' }, 'body'],
      ['1,601 characters', { body: 'x'.repeat(1_601) }, 'body'],
      ['801 emoji', { body: '🙂'.repeat(801) }, 'body'],
      ['11 pictures', { mediaUrls: Array.from({ length: 11 }, (_, n) => `https://example.com/${n}.png`) }, 'mediaUrls'],
      ['a picture that is no URL', { mediaUrls: ['label.png'] }, 'mediaUrls'],
      ['null for pictures', { body: 'Hi', mediaUrls: null as never }, 'mediaUrls'],
      ['null for the text', { body: null as never }, 'body'],
      ['a picture of a file', { mediaUrls: ['file:///etc/passwd'] }, 'mediaUrls'],
      ['an agent of 81 characters', { body: 'Hi', agentId: 'x'.repeat(81) }, 'agentId'],
    ])('%s is refused before anything is stored', async (_, body, field) => {
      const answer = await reply(contact, body);
      expect(answer.status).toBe(422);
      expect(fieldsOf(answer)).toEqual([field]);
      expect((await app.api.get<ContactDto>(`contacts/${contact.id}`)).body.messageCount).toBe(1);
    });
  });

  test('1,600 characters are sent, and their segments counted', async () => {
    const contact = await newContact();
    const sent = expectStatus(await reply(contact, 'x'.repeat(1_600)), 201);
    expect(sent.segments).toBe(11);
    await untilStatus(app, sent, 'delivered');
  });

  test('a closed contact, an opted-out customer and a name are not answered', async () => {
    const closed = await newContact();
    expectStatus(await app.api.post(`contacts/${closed.id}/close`), 200);
    expect(problemOf(await reply(closed, 'Hi'))).toMatchObject({ status: 409, errorCode: 'contact_closed' });
    const named = await newContact('ACME');
    expect(problemOf(await reply(named, 'Hi'))).toMatchObject({ status: 409, errorCode: 'customer_unreachable' });
    const stopped = await newContact();
    await textAndWait(app, { from: stopped.ani, body: 'stop' });
    expect(problemOf(await reply(stopped, 'Hi'))).toMatchObject({ status: 409, errorCode: 'customer_opted_out' });
    await textAndWait(app, { from: stopped.ani, body: 'START' });
    await untilStatus(app, expectStatus(await reply(stopped, 'Welcome back'), 201), 'delivered');
  });

  test.each([
    ['429 three times', { send: { refused: { status: 429, times: 3 } } }],
    ['503', { send: { refused: { status: 503, times: 1 } } }],
    ['a connection that breaks before', { send: { dropped: { times: 1 } } }],
    ['an answer that is lost', { send: { lostAnswers: { times: 1 } } }],
    ['a 500 although it was taken', { send: { createdThen5xx: { times: 1 } } }],
  ])('%s from Twilio: it arrives once', async (_, trouble) => {
    const contact = await newContact();
    await makeTrouble(app, trouble);
    const sent = expectStatus(await reply(contact, 'Only once'), 201);
    await untilStatusWithoutRests(app, sent, 'delivered');
    expect(await inboxOf(contact)).toEqual(['Only once']);
  });

  test('with answers and callbacks both lost, equal texts still arrive once each', async () => {
    const contact = await newContact();
    await makeTrouble(app, { send: { lostAnswers: { times: 1 } }, callbacks: { missing: true } });
    const first = expectStatus(await reply(contact, 'OK'), 201);
    const second = expectStatus(await reply(contact, 'OK'), 201);
    const [one, other] = [
      await untilStatusWithoutRests(app, first, 'sending', 'sent', 'delivered'),
      await untilStatus(app, second, 'sending'),
    ];
    expect(await inboxOf(contact)).toEqual(['OK', 'OK']);
    expect(new Set([one.twilioMessageSid, other.twilioMessageSid]).size).toBe(2);
    expect((await readInbox(app, contact.ani)).map(({ messageSid }) => messageSid)).toEqual([
      one.twilioMessageSid,
      other.twilioMessageSid,
    ]);
  });

  test.each([
    ['21610', 21_610, /opted out/, /START/],
    ['21211', 21_211, /not valid/, /another number/],
    ['30034', 30_034, /A2P 10DLC/, /registration/],
    ['21999, which nobody knows', 21_999, /^Twilio: /, /docs\/api\/errors\/21999/],
  ])('what Twilio refuses with %s has failed at once, in words', async (_, code, text, advice) => {
    const contact = await newContact();
    await makeTrouble(app, { sendErrors: { code, times: 1 } });
    const failed = await untilStatus(app, expectStatus(await reply(contact, 'Hi'), 201), 'failed');
    expect(failed).toMatchObject({
      errorCode: code,
      errorText: expect.stringMatching(text),
      errorAdvice: expect.stringMatching(advice),
      twilioMessageSid: null,
    });
    expect(await inboxOf(contact)).toEqual([]);
    if (code === 21_610) {
      expect(problemOf(await reply(contact, 'Hi'))).toMatchObject({ errorCode: 'customer_opted_out' });
    } else {
      await untilStatus(app, expectStatus(await reply(contact, 'Again'), 201), 'delivered');
    }
  });

  test('what the carrier does not deliver is undelivered, in words', async () => {
    const contact = await newContact();
    await makeTrouble(app, { deliveryFails: { code: 30_003 } });
    const message = await untilStatus(app, expectStatus(await reply(contact, 'Hi'), 201), 'undelivered');
    expect(message).toMatchObject({ errorCode: 30_003, errorText: expect.stringMatching(/unreachable/) });
  });

  test('a STOP that comes before the message left keeps it from leaving', async () => {
    const contact = await newContact();
    await makeTrouble(app, { send: { refused: { status: 429, times: 1 } } });
    const sent = expectStatus(await reply(contact, 'Too late'), 201);
    await textAndWait(app, { from: contact.ani, body: 'STOP' });
    expect(await untilStatus(app, sent, 'failed', 'delivered')).toMatchObject({ status: 'failed', errorCode: 21_610 });
    expect(await inboxOf(contact)).toEqual([]);
  });

  test('a refused AUTH TOKEN keeps messages back until it is right', async () => {
    const contact = await newContact();
    await makeTrouble(app, { rest: [{ status: 401, times: 2, path: '/Messages.json' }] });
    await untilStatusWithoutRests(app, expectStatus(await reply(contact, 'After all'), 201), 'delivered');
    expect(await inboxOf(contact)).toEqual(['After all']);
  });

  test('without a Twilio account there is no reply', async () => {
    const contact = await newContact();
    expectStatus(await app.api.delete('telephony'), 204);
    expect(problemOf(await reply(contact, 'Hi'))).toMatchObject({ status: 409, errorCode: 'telephony_disconnected' });
    await connectTelephony(app);
    await untilStatus(app, expectStatus(await reply(contact, 'Hi again'), 201), 'delivered');
  });

  test('a queue that forgets everything holds nothing back', async () => {
    const contact = await newContact();
    await makeTrouble(app, { send: { refused: { status: 429, times: 1 } } });
    const sent = expectStatus(await reply(contact, 'Yes'), 201);
    const queue = app.app.get<Queue>(getQueueToken('outbound-sms'));
    await eventually('the next try is delayed', async () => (await queue.getDelayedCount()) > 0);
    await queue.obliterate({ force: true });
    await queue.resume();
    await skipRests(app);
    await untilStatus(app, sent, 'delivered');
    expect(await inboxOf(contact)).toEqual(['Yes']);
  });

  test('pictures go along', async () => {
    const contact = await newContact();
    const sent = expectStatus(await reply(contact, { mediaUrls: [`${app.simulator.url}/label.png`] }), 201);
    expect(sent.media).toMatchObject([
      { contentType: 'image/png', state: 'linked', url: `${app.simulator.url}/label.png` },
    ]);
    const delivered = await untilStatus(app, sent, 'delivered');
    expect(delivered.twilioMessageSid).toMatch(/^MM/);
    expect(await messageOf(app, sent)).toEqual(delivered);
  });

  test('the pace of one number is kept, and holds back no other number', async () => {
    await new TwilioConsole(app).addNumber({ phoneNumber: SLOW_NUMBER, capabilities: { sms: true } });
    await buildEntryPoint(app, { phoneNumber: SLOW_NUMBER });
    const text = (to?: string): Promise<ContactDto> => textAndWait(app, { from: newPhone(), ...(to && { to }) });
    const busy = await Promise.all(Array.from({ length: 20 }, () => text(SLOW_NUMBER)));
    const other = await text();
    const queued = await Promise.all(busy.map(({ id }) => postReply(app, id, { body: 'Soon' })));
    const quick = expectStatus(await postReply(app, other.id, { body: 'Now' }), 201);
    await untilStatus(app, quick, 'delivered');
    const statuses = await Promise.all(queued.map(async ({ body }) => (await messageOf(app, body)).status));
    expect(statuses.filter((status) => status === 'queued').length).toBeGreaterThan(10);

    const sentAt = async (): Promise<number[]> => {
      const rows = await app.dataSource.query(
        `SELECT extract(epoch FROM claimed_at)::float8 AS at FROM outbound_sms
         JOIN sending_numbers AS number ON number.id = sending_number_id
         WHERE number.phone_number = $1 AND done_at IS NOT NULL ORDER BY claimed_at`,
        [SLOW_NUMBER],
      );
      return rows.map(({ at }: { at: number }) => at);
    };
    const times = await eventually('six were sent', async () => {
      const found = await sentAt();
      return found.length >= 6 && found;
    });
    const gaps = times.slice(1).map((at, n) => at - times[n]!);
    expect(Math.min(...gaps)).toBeGreaterThan(0.495);
  });
});
