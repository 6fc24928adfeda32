import { describe, expect, it } from '@jest/globals';
import twilioLibrary from 'twilio';
import { NUMBER, PHONE, until } from './support/start.ts';
import { startSending } from './support/start-sending.ts';
import type { Answer } from './support/webhook-server.ts';

const sending = startSending();
const { send, statuses } = sending;

describe('a message', () => {
  it('is delivered, and its status callbacks arrive signed and in order', async () => {
    const statusCallback = `${sending.service.url}/webhooks/twilio/status/k3v9`;
    const message = await send({ statusCallback });
    expect(message).toMatchObject({
      status: 'queued',
      direction: 'outbound-api',
      numSegments: '1',
      numMedia: '0',
      errorCode: null,
      dateSent: null,
    });
    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    await until(() => sending.service.received.length === 2);
    expect(statuses()).toEqual(['sent', 'delivered']);
    for (const { form, headers } of sending.service.received) {
      const signature = headers['x-twilio-signature'] as string;
      expect(twilioLibrary.validateRequest(sending.twilio.simulator.authToken, signature, statusCallback, form)).toBe(
        true,
      );
      expect(form).toMatchObject({ MessageSid: message.sid, SmsSid: message.sid, To: PHONE, From: NUMBER });
    }
    const delivered = await sending.twilio.client.messages(message.sid).fetch();
    expect(delivered.status).toBe('delivered');
    expect(delivered.dateSent).toBeInstanceOf(Date);
    const { body } = await sending.twilio.call('GET', `phones/${PHONE}/messages`);
    expect(body.messages.at(-1)).toMatchObject({ messageSid: message.sid, body: 'Hello', status: 'delivered' });
  });

  it.each([
    [{ to: undefined }, 21604, "A 'To' phone number is required."],
    [{ to: '0621234567' }, 21211, "Invalid 'To' Phone Number: 062123XXXX"],
    [{ to: '12345' }, 21211, "Invalid 'To' Phone Number: 1XXXX"],
    [{ to: 'ACME' }, 21211, "Invalid 'To' Phone Number: XXXX"],
    [{ to: '+15005550001' }, 21211, "Invalid 'To' Phone Number: +1500555XXXX"],
    [{ to: NUMBER }, 21266, "'To' and 'From' number cannot be the same"],
    [{ to: '+15005550003' }, 21408, expect.stringMatching(/for the region .* 'To' number: \+1500555XXXX$/)],
    [{ to: '+15005550004' }, 21610, 'Attempt to send to unsubscribed recipient'],
    [{ to: '+15005550002' }, 21612, expect.stringContaining(`'To' (+1500555XXXX) and/or 'From' (${NUMBER})`)],
    [{ to: '+15005550009' }, 21614, "'To' number is not a valid mobile number: +1500555XXXX"],
    [{ from: undefined }, 21603, "A 'From' phone number is required."],
    [{ from: '+15005550001' }, 21212, expect.stringContaining("The 'From' number +15005550001 is not a valid phone")],
    [{ from: 'not.a.sender' }, 21212, expect.stringContaining('not.a.sender')],
    [{ from: '+15005559999' }, 21606, expect.stringContaining('The From phone number +15005559999 is not a valid')],
    [{ from: '+442079460000' }, 21606, expect.stringContaining('+442079460000')],
    [{ from: 'ACME' }, 21606, expect.stringContaining('ACME')],
    [{ body: undefined }, 21602, 'Message body is required.'],
    [{ body: '' }, 21602, 'Message body is required.'],
    [{ body: 'x'.repeat(1_601) }, 21617, 'The concatenated message body exceeds the 1600 character limit.'],
    [{ statusCallback: 'nowhere' }, 21609, "The 'StatusCallback' URL nowhere is not a valid URL."],
    [{ mediaUrl: 'nowhere' }, 21620, 'Invalid media URL(s)'],
  ])('is refused: %j', async (given, code, message) => {
    // The library itself insists on `to`.
    const params = new URLSearchParams(
      Object.entries({ From: NUMBER, To: PHONE, Body: 'Hello', ...pascal(given) }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const response = await sending.twilio.client.request({
      method: 'post',
      uri: `${sending.twilio.simulator.url}/2010-04-01/Accounts/${sending.twilio.simulator.accountSid}/Messages.json`,
      data: Object.fromEntries(params),
    });
    expect(response.statusCode).toBe(400);
    const more_info = `https://www.twilio.com/docs/errors/${code}`;
    expect(response.body).toEqual({ code, status: 400, message, more_info });
  });

  it('is refused with more than ten pictures, and with 429 if the number’s queue is full', async () => {
    const pictures = Array.from({ length: 11 }, (_, n) => `https://example.com/${n}.png`);
    await expect(send({ mediaUrl: pictures })).rejects.toMatchObject({ status: 400, code: 21623 });
    await expect(send({ from: '+15005550008' })).rejects.toMatchObject({ status: 429, code: 21611 });
  });

  it('lists its pictures as Media', async () => {
    const mediaUrl = ['https://example.com/cat.png', 'https://example.com/offer.pdf'];
    const message = await send({ body: undefined, mediaUrl });
    expect(message).toMatchObject({ numMedia: '2', body: '' });
    expect(message.sid).toMatch(/^MM[0-9a-f]{32}$/);
    const media = await sending.twilio.client.messages(message.sid).media.list();
    expect(media.map(({ contentType, parentSid }) => [contentType, parentSid])).toEqual([
      ['image/png', message.sid],
      ['application/pdf', message.sid],
    ]);
    const { body } = await sending.twilio.call('GET', `phones/${PHONE}/messages?limit=1`);
    expect(body.messages[0].media.map(({ url }: { url: string }) => url)).toEqual(mediaUrl);
  });

  it.each([
    ['x'.repeat(161), '2'],
    ['я'.repeat(71), '2'],
    ['я'.repeat(135), '3'],
  ])('with body %s has %s segments', async (body, numSegments) => {
    expect(await send({ body })).toMatchObject({ body, numSegments });
  });

  it('has failed status callbacks retried as the fragment of the URL says, and no more', async () => {
    sending.service.answer(() => ({ status: sending.service.received.length === 1 ? 503 : 200 }));
    await send({ statusCallback: `${sending.service.url}/status#rc=2&rp=5xx` });
    await until(() => sending.service.received.length === 3);
    expect(statuses()).toEqual(['sent', 'sent', 'delivered']);
    const tokens = sending.service.received.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);

    sending.service.reset();
    sending.service.answer({ status: 503 });
    await send({ statusCallback: `${sending.service.url}/status` });
    await until(() => sending.service.received.length === 2);
    expect(statuses()).toEqual(['sent', 'delivered']);
  });

  it('from a Messaging Service is accepted first, and gets its number later', async () => {
    const { body: created } = await sending.twilio.call('POST', 'services', { friendlyName: 'Replies' });
    await sending.twilio.setNumber({ messagingServiceSid: created.sid });
    const statusCallback = `${sending.service.url}/status`;
    const message = await send({ from: undefined, messagingServiceSid: created.sid, statusCallback });
    expect(message).toMatchObject({ status: 'accepted', from: null, messagingServiceSid: created.sid });
    await until(() => sending.service.received.length === 3);
    expect(statuses()).toEqual(['queued', 'sent', 'delivered']);
    expect(sending.service.received[0]!.form).toMatchObject({ From: NUMBER, MessagingServiceSid: created.sid });
    await sending.twilio.setNumber({ messagingServiceSid: null });
  });

  it('to a customer who texted STOP is refused until START', async () => {
    await sending.twilio.sendSms({ from: '+15005550102', body: ' stop ' });
    await expect(send({ to: '+15005550102' })).rejects.toMatchObject({ status: 400, code: 21610 });
    await expect(send({ to: PHONE })).resolves.toMatchObject({ status: 'queued' });
    await sending.twilio.sendSms({ from: '+15005550102', body: 'Start' });
    await expect(send({ to: '+15005550102' })).resolves.toMatchObject({ status: 'queued' });
    await sending.twilio.sendSms({ from: '+15005550102', body: 'Stop please' });
    await expect(send({ to: '+15005550102' })).resolves.toMatchObject({ status: 'queued' });
    const { body } = await sending.twilio.call('GET', 'phones/+15005550102/messages');
    const own = body.messages.filter((message: { direction: string }) => message.direction === 'outbound-reply');
    expect(own).toHaveLength(2);
  });
});

describe('the Messages list', () => {
  it('contains an outbound message at once, queued and without dateSent', async () => {
    const to = '+15005550105';
    const first = await send({ to, body: 'first' });
    const second = await send({ to, body: 'second' });
    const [newest, older] = await sending.twilio.client.messages.list({ to, from: NUMBER });
    expect([newest!.sid, older!.sid]).toEqual([second.sid, first.sid]);
    expect(newest).toMatchObject({ body: 'second', direction: 'outbound-api', status: 'queued', dateSent: null });
    const { body } = await sending.twilio.call('GET', `phones/${to}/messages`);
    expect(body).toMatchObject({ total: 2, messages: [{ messageSid: first.sid }, { messageSid: second.sid }] });
    expect((await sending.twilio.call('GET', `phones/${to}/messages?limit=1`)).body.messages).toMatchObject([
      { messageSid: second.sid },
    ]);
  });

  it('is newest first and filtered, and its pages do not shift while new texts arrive', async () => {
    const from = '+15005550103';
    const sids: string[] = [];
    for (let n = 1; n <= 5; n++)
      sids.unshift((await sending.twilio.sendSms({ from, body: `text ${n}`, trouble: { lost: true } })).messageSid);
    const first = await sending.twilio.client.messages.page({ from, pageSize: 2 });
    await sending.twilio.sendSms({ from, body: 'meanwhile', trouble: { lost: true } });
    const second = (await first.nextPage())!;
    const third = (await second.nextPage())!;
    expect([first, second, third].flatMap((page) => page.instances.map((one) => one.sid))).toEqual(sids);
    expect(third.nextPageUrl).toBeUndefined();
    expect(first.instances[0]).toMatchObject({ direction: 'inbound', status: 'received', to: NUMBER, from });
    await expect(sending.twilio.client.messages.list({ to: from })).resolves.toEqual([]);
  });

  it('is filtered by days and by timestamps', async () => {
    const from = '+15005550104';
    await sending.twilio.sendSms({ from, trouble: { lost: true } });
    const day = 86_400_000;
    const count = async (filter: object) => (await sending.twilio.client.messages.list({ from, ...filter })).length;
    const today = new Date().toISOString().slice(0, 10);
    expect(await count({ dateSent: today as unknown as Date })).toBe(1);
    expect(await count({ dateSentAfter: today as unknown as Date })).toBe(1);
    expect(await count({ dateSentBefore: today as unknown as Date })).toBe(0);
    expect(await count({ dateSentBefore: new Date(Date.now() + day) })).toBe(1);
    expect(
      await count({ dateSentAfter: new Date(Date.now() - 60_000), dateSentBefore: new Date(Date.now() + 60_000) }),
    ).toBe(1);
    expect(await count({ dateSentAfter: new Date(Date.now() + 60_000) })).toBe(0);
    await expect(count({ dateSent: 'yesterday' })).rejects.toMatchObject({ status: 400 });
  });

  it('allows messages to be redacted and deleted', async () => {
    const { messageSid } = await sending.twilio.sendSms({ body: 'secret', trouble: { lost: true } });
    const redacted = await sending.twilio.client.messages(messageSid).update({ body: '' });
    expect(redacted.body).toBe('');
    await expect(sending.twilio.client.messages(messageSid).remove()).resolves.toBe(true);
    await expect(sending.twilio.client.messages(messageSid).fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
    });
  });
});

describe('media', () => {
  it('is listed, redirects to an address without credentials, and can be deleted', async () => {
    const picture = Buffer.from('a picture');
    const { messageSid } = await sending.twilio.sendSms({
      media: [{ contentType: 'image/png', base64: picture.toString('base64') }],
      mediaUrls: ['https://example.com/cat.gif'],
      trouble: { lost: true },
    });
    expect(messageSid).toMatch(/^MM/);
    const [url, png] = await sending.twilio.client.messages(messageSid).media.list();
    expect([url!.contentType, png!.contentType]).toEqual(['image/gif', 'image/png']);
    const path = `${sending.twilio.simulator.url}${png!.uri.replace('.json', '')}`;
    const authorization = `Basic ${btoa(`${sending.twilio.simulator.accountSid}:${sending.twilio.simulator.authToken}`)}`;
    expect((await fetch(path)).status).toBe(401);
    const redirect = await fetch(path, { headers: { authorization }, redirect: 'manual' });
    expect(redirect.status).toBe(307);
    const content = await fetch(redirect.headers.get('location')!);
    expect(content.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await content.arrayBuffer())).toEqual(picture);
    await sending.twilio.client.messages(messageSid).media(png!.sid).remove();
    await expect(sending.twilio.client.messages(messageSid).media(png!.sid).fetch()).rejects.toMatchObject({
      status: 404,
    });
    await expect(sending.twilio.client.messages(messageSid).media.list()).resolves.toHaveLength(1);
  });
});

describe('media at a URL', () => {
  const fetchMedia = async (mediaUrl: string) => {
    const { messageSid } = await sending.twilio.sendSms({ mediaUrls: [mediaUrl], trouble: { lost: true } });
    const [media] = await sending.twilio.client.messages(messageSid).media.list();
    const authorization = `Basic ${btoa(`${sending.twilio.simulator.accountSid}:${sending.twilio.simulator.authToken}`)}`;
    const path = `${sending.twilio.simulator.url}${media!.uri.replace('.json', '')}`;
    const redirect = await fetch(path, { headers: { authorization }, redirect: 'manual' });
    return { redirect, again: () => fetch(redirect.headers.get('location')!) };
  };

  it('is served by the simulator itself and fetched only once', async () => {
    sending.service.answer({ type: 'image/gif', body: 'a cat' });
    const { redirect, again } = await fetchMedia(`${sending.service.url}/cat.gif`);
    expect(redirect.headers.get('location')).toMatch(`${sending.twilio.simulator.url}/cdn/`);
    for (const content of [await again(), await again()]) {
      expect([content.status, content.headers.get('content-type')]).toEqual([200, 'image/gif']);
      expect(await content.text()).toBe('a cat');
    }
    expect(sending.service.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/cat.gif', undefined],
    ]);
    const { body } = await sending.twilio.call('GET', 'requests?direction=in&path=/cdn/');
    expect(body.requests.slice(-2)).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  it.each<[string, Answer | null]>([
    ['answers 404', { status: 404 }],
    ['is too large', { body: 'x'.repeat(25 * 1024 * 1024 + 1) }],
    ['cannot be reached', null],
  ])('becomes a 502 of the CDN if the URL %s', async (_, answer) => {
    if (answer) sending.service.answer(answer);
    const { again } = await fetchMedia(answer ? `${sending.service.url}/cat.gif` : 'http://127.0.0.1:1/cat.gif');
    const content = await again();
    expect(content.status).toBe(502);
    expect(await content.text()).toContain('The simulator cannot fetch this');
  });
});

const pascal = (given: object) =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key[0]!.toUpperCase() + key.slice(1), value]));
