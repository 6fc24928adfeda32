import { beforeAll, describe, expect, it } from '@jest/globals';
import { NUMBER, PHONE, until } from './support/start.ts';
import { startSending } from './support/start-sending.ts';

const sending = startSending();
const { send, statuses } = sending;
const bodiesOf = async (phone: string): Promise<string[]> =>
  (await sending.twilio.call('GET', `phones/${phone}/messages`)).body.messages.map(
    ({ body }: { body: string }) => body,
  );

describe('trouble', () => {
  it('refuses the next calls with 429, and only those', async () => {
    await sending.twilio.call('PUT', 'trouble', { rest: [{ status: 429, times: 2, path: '/Messages' }] });
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20429 });
    await expect(sending.twilio.client.incomingPhoneNumbers.list()).resolves.toHaveLength(5);
    await expect(send()).rejects.toMatchObject({ status: 429 });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it('makes the REST API answer 500, slowly', async () => {
    await sending.twilio.call('PUT', 'trouble', { rest: [{ status: 500 }], slowMs: 120 });
    const started = Date.now();
    await expect(send()).rejects.toMatchObject({ status: 500 });
    expect(Date.now() - started).toBeGreaterThanOrEqual(115);
  });

  it('refuses a message with a code', async () => {
    await sending.twilio.call('PUT', 'trouble', { sendErrors: { code: 21610, times: 1 } });
    await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it.each([30003, 30005])('makes delivery fail with %i', async (code) => {
    await sending.twilio.call('PUT', 'trouble', { deliveryFails: { code } });
    const message = await send({ statusCallback: `${sending.service.url}/status` });
    await until(() => sending.service.received.length === 2);
    expect(statuses()).toEqual(['sent', 'undelivered']);
    expect(sending.service.received[1]!.form.ErrorCode).toBe(String(code));
    expect(await sending.twilio.client.messages(message.sid).fetch()).toMatchObject({
      status: 'undelivered',
      errorCode: code,
    });
  });

  it('makes a message fail before it is sent', async () => {
    await sending.twilio.call('PUT', 'trouble', { deliveryFails: { code: 30034, status: 'failed' } });
    const { sid } = await send({ statusCallback: `${sending.service.url}/status` });
    await until(() => sending.service.received.length === 1);
    expect(sending.service.received[0]!.form).toMatchObject({ MessageStatus: 'failed', ErrorCode: '30034' });
    const message = await sending.twilio.client.messages(sid).fetch();
    expect(message).toMatchObject({ status: 'failed', errorCode: 30034, dateSent: null });
  });

  it.each([
    [{ double: true }, ['sent', 'sent', 'delivered', 'delivered']],
    [{ shuffle: true }, ['delivered', 'sent']],
    [{ sending: true }, ['sending', 'sent', 'delivered']],
    [{ sending: true, shuffle: true }, ['delivered', 'sent', 'sending']],
  ])('changes the status callbacks: %j', async (callbacks, expected) => {
    await sending.twilio.call('PUT', 'trouble', { callbacks });
    await send({ statusCallback: `${sending.service.url}/status` });
    await until(() => sending.service.received.length === expected.length);
    expect(statuses()).toEqual(expected);
  });

  it('delays status callbacks', async () => {
    await sending.twilio.call('PUT', 'trouble', { callbacks: { delayMs: 1_500 } });
    const { sid } = await send({ statusCallback: `${sending.service.url}/status` });
    await until(async () => (await sending.twilio.client.messages(sid).fetch()).status === 'delivered');
    expect(sending.service.received).toHaveLength(0);
    await until(() => sending.service.received.length === 2, 10_000);
    expect(statuses()).toEqual(['sent', 'delivered']);
  });

  it('suppresses status callbacks', async () => {
    await sending.twilio.call('PUT', 'trouble', { callbacks: { missing: true } });
    const { sid } = await send({ statusCallback: `${sending.service.url}/status` });
    await until(async () => (await sending.twilio.client.messages(sid).fetch()).status === 'delivered');
    expect(sending.service.received).toHaveLength(0);
  });
});

describe('trouble with texts', () => {
  const bodies = () => sending.service.received.map(({ form }) => form.Body);
  beforeAll(() => sending.twilio.setNumber({ smsUrl: `${sending.service.url}/sms` }));

  it('applies to every text without trouble of its own', async () => {
    await sending.twilio.call('PUT', 'trouble', { texts: { times: 2, wrongSignature: true } });
    expect((await sending.twilio.sendSms()).deliveries).toMatchObject([
      { signature: 'wrong', status: 200 },
      { signature: 'wrong', status: 200 },
    ]);
    expect((await sending.twilio.sendSms({ trouble: {} })).deliveries).toMatchObject([{ signature: 'right' }]);
    await sending.twilio.call('DELETE', 'trouble');
    expect((await sending.twilio.sendSms()).deliveries).toHaveLength(1);
  });

  it('lets a phone’s next text overtake', async () => {
    const first = sending.twilio.sendSms({ body: 'first', trouble: { outOfOrder: true } });
    const { messageSid } = await until(async () => {
      const { body } = await sending.twilio.call('GET', `phones/${PHONE}/messages?limit=1`);
      return body.messages[0]?.body === 'first' && body.messages[0];
    });
    await sending.twilio.sendSms({
      from: '+15005550102',
      body: 'another phone',
      trouble: { outOfOrder: true, lost: true },
    });
    await sending.twilio.sendSms({ body: 'second', trouble: { outOfOrder: true } });
    expect(await first).toMatchObject({ messageSid, deliveries: [{ status: 200 }] });
    expect(bodies()).toEqual(['second', 'first']);
  });

  it('gives up on the first answer, and delivers again', async () => {
    const { messageSid, deliveries } = await sending.twilio.sendSms({ trouble: { timedOut: true } });
    expect(deliveries).toMatchObject([{ status: 200, attempts: 2 }]);
    expect(sending.service.received.map(({ form }) => form.MessageSid)).toEqual([messageSid, messageSid]);
    const { body } = await sending.twilio.call('GET', `requests?messageSid=${messageSid}`);
    expect(body.requests).toMatchObject([{ status: 0, error: 'timed out' }, { status: 200 }]);
  });

  it('always affects the phone with the bad network', async () => {
    const badNetwork = '+15005550190';
    expect((await sending.twilio.sendSms({ from: badNetwork })).deliveries).toHaveLength(2);
    const { sid } = await send({ to: badNetwork });
    const failed = () => sending.twilio.client.messages(sid).fetch();
    await until(async () => (await failed()).status === 'undelivered');
    expect(await failed()).toMatchObject({ errorCode: 30003 });
  });
});

describe('trouble with sending', () => {
  it('drops the connection before anything is created', async () => {
    const to = '+15005550111';
    await sending.twilio.call('PUT', 'trouble', { send: { dropped: { times: 2 } } });
    await expect(send({ to, body: 'first' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(send({ to, body: 'second' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(send({ to, body: 'third' })).resolves.toMatchObject({ status: 'queued' });
    expect(await bodiesOf(to)).toEqual(['third']);
  });

  it('loses the answer of a message that is sent all the same', async () => {
    const to = '+15005550112';
    await sending.twilio.call('PUT', 'trouble', { send: { lostAnswers: { times: 1 } } });
    const statusCallback = `${sending.service.url}/status`;
    await expect(send({ to, body: 'first', statusCallback })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await until(() => sending.service.received.length === 2);
    expect(statuses()).toEqual(['sent', 'delivered']);
    const [listed] = await sending.twilio.client.messages.list({ to });
    expect(listed).toMatchObject({ body: 'first', status: 'delivered' });
    const { body } = await sending.twilio.call('GET', `requests?direction=in&messageSid=${listed!.sid}`);
    expect(body.requests).toMatchObject([
      { method: 'POST', status: 0, error: 'the connection broke after the message was created' },
    ]);
    await expect(send({ to, body: 'second' })).resolves.toMatchObject({ status: 'queued' });
    expect(await bodiesOf(to)).toEqual(['first', 'second']);
  });

  it.each([
    [{ status: 429 }, { status: 429, code: 20429 }],
    [{ status: 500 }, { status: 500, code: 20500 }],
    [{ status: 503 }, { status: 503, code: 20503 }],
  ])('refuses with %j and creates nothing', async (refused, error) => {
    const to = '+15005550113';
    const before = await bodiesOf(to);
    await sending.twilio.call('PUT', 'trouble', { send: { refused: { ...refused, times: 1 } } });
    await expect(sending.twilio.client.messages.list({ limit: 1 })).resolves.toBeDefined();
    await expect(send({ to })).rejects.toMatchObject(error);
    expect(await bodiesOf(to)).toEqual(before);
    await expect(send({ to })).resolves.toMatchObject({ status: 'queued' });
  });

  it.each([
    [{ status: 500 }, {}],
    [{ status: 503 }, { status: 503 }],
  ])('answers %j although the message was created', async (error, given) => {
    const to = '+15005550114';
    const before = await bodiesOf(to);
    await sending.twilio.call('PUT', 'trouble', { send: { createdThen5xx: { times: 1, ...given } } });
    await expect(send({ to, body: 'created' })).rejects.toMatchObject(error);
    expect(await bodiesOf(to)).toEqual([...before, 'created']);
  });

  it('does not count requests that Twilio refuses anyway', async () => {
    await sending.twilio.call('PUT', 'trouble', { send: { lostAnswers: { times: 1 } } });
    await expect(send({ body: '' })).rejects.toMatchObject({ code: 21602 });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it.each([
    [{ send: { refused: { status: 429 } } }, '1'],
    [{ send: { refused: { status: 429, retryAfterSeconds: 7 } } }, '7'],
    [{ rest: [{ status: 429, retryAfterSeconds: 3 }] }, '3'],
    [{ sendErrors: { code: 20429 } }, '1'],
    [{ rest: [{ status: 503 }] }, null],
  ])('%j sets Retry-After to %s', async (trouble, seconds) => {
    await sending.twilio.call('PUT', 'trouble', trouble);
    const { url, accountSid, authToken } = sending.twilio.simulator;
    const response = await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      body: new URLSearchParams({ From: NUMBER, To: PHONE, Body: 'Hello' }),
    });
    expect(response.headers.get('retry-after')).toBe(seconds);
  });

  it.each([
    [21608, 400, /^The number \+1500555XXXX is unverified\. Trial accounts/],
    [21611, 429, /^SMS queue is full\.$/],
    [30034, 400, /^US A2P 10DLC/],
    [21660, 400, /^Mismatch between the 'From' number/],
  ])('refuses with code %i in Twilio’s words', async (code, status, message) => {
    await sending.twilio.call('PUT', 'trouble', { sendErrors: { code } });
    await expect(send()).rejects.toMatchObject({ code, status, message: expect.stringMatching(message) });
  });

  it.each([
    [{ send: { lost: { times: 1 } } }, 'send.lost'],
    [{ send: { dropped: { times: -1 } } }, 'send.dropped.times'],
    [{ send: { refused: { times: 1 } } }, 'send.refused.status'],
    [{ send: { createdThen5xx: { status: 429 } } }, 'send.createdThen5xx.status'],
    [{ deliveryFails: { code: 30003, status: 'lost' } }, 'deliveryFails.status'],
    [{ callbacks: { delayMs: 60_001 } }, 'callbacks.delayMs'],
    [{ texts: { times: 0 } }, 'texts.times'],
  ])('%j is refused because of %s', async (trouble, field) => {
    expect(await sending.twilio.call('PUT', 'trouble', trouble)).toMatchObject({ status: 400, body: { field } });
  });

  it('shows what is set, and DELETE clears it', async () => {
    const put = await sending.twilio.call('PUT', 'trouble', { send: { lostAnswers: { times: 3 } } });
    expect(put.body.send).toEqual({ dropped: null, refused: null, lostAnswers: { times: 3 }, createdThen5xx: null });
    await sending.twilio.call('DELETE', 'trouble');
    expect((await sending.twilio.call('GET', 'trouble')).body).toEqual({
      texts: {
        times: 1,
        together: false,
        delayMs: 0,
        wrongSignature: false,
        lost: false,
        outOfOrder: false,
        timedOut: false,
      },
      rest: [],
      slowMs: 0,
      send: { dropped: null, refused: null, lostAnswers: null, createdThen5xx: null },
      sendErrors: null,
      callbacks: { double: false, shuffle: false, missing: false, sending: false, delayMs: 0 },
      deliveryFails: null,
    });
  });
});
