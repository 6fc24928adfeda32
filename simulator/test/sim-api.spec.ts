import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import http from 'node:http';
import { NUMBER, PHONE, startForTest } from './support/start.ts';
import { startWebhookServer } from './support/webhook-server.ts';

let twilio: Awaited<ReturnType<typeof startForTest>>;
let service: Awaited<ReturnType<typeof startWebhookServer>>;
beforeAll(async () => {
  twilio = await startForTest();
  service = await startWebhookServer();
  await twilio.setNumber({ smsUrl: `${service.url}/sms` });
});
afterEach(() => service.reset());
afterAll(async () => {
  await twilio.close();
  await service.close();
});

describe('an invalid request is refused', () => {
  it.each([
    ['POST', 'sms', { to: NUMBER }, 'from'],
    ['POST', 'sms', { from: 'x'.repeat(20), to: NUMBER }, 'from'],
    ['POST', 'sms', { from: PHONE, to: '+15005559999' }, 'to'],
    ['POST', 'sms', { from: PHONE, to: '+442079460000' }, 'to'],
    ['POST', 'sms', { from: PHONE, to: NUMBER, body: 'x'.repeat(1_601) }, 'body'],
    ['POST', 'sms', { from: PHONE, to: NUMBER, mediaUrls: ['nowhere'] }, 'mediaUrls'],
    ['POST', 'sms', { from: PHONE, to: NUMBER, trouble: { twice: true } }, 'trouble.twice'],
    ['POST', 'sms', { from: PHONE, to: NUMBER, trouble: { times: 0 } }, 'trouble.times'],
    ['POST', 'sms', { from: PHONE, to: NUMBER, optOutType: 'END' }, 'optOutType'],
    ['POST', 'sms', [], 'body'],
    ['POST', 'bursts', {}, 'count'],
    ['POST', 'bursts', { count: 100_001 }, 'count'],
    ['POST', 'bursts', { count: 1, customers: 10_001 }, 'customers'],
    ['POST', 'bursts', { count: 1, trouble: { duplicateShare: 2 } }, 'trouble.duplicateShare'],
    ['POST', 'phones', { phoneNumber: '12' }, 'phoneNumber'],
    ['PUT', 'trouble', { rest: [{ status: 200 }] }, 'rest[0].status'],
    ['PUT', 'trouble', { callbacks: { lost: true } }, 'callbacks.lost'],
    ['PUT', 'numbers', { numbers: [{ phoneNumber: 'x' }] }, 'numbers[0].phoneNumber'],
    ['PUT', 'account', { authToken: 'short' }, 'authToken'],
    ['POST', `numbers/${NUMBER}`, { smsUrl: 'nowhere' }, 'smsUrl'],
    ['POST', `numbers/${NUMBER}`, { smsApplicationSid: 'AP1' }, 'smsApplicationSid'],
    ['GET', 'requests?direction=up', undefined, 'direction'],
  ])('%s %s %j: the error names the field', async (method, path, body, field) => {
    const answer = await twilio.call(method, path, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'invalid', field, message: expect.stringContaining(field) },
    });
  });

  it('and the error lists the numbers of the account if "to" is not one of them', async () => {
    const { body } = await twilio.call('POST', 'sms', { from: PHONE, to: '+15005559999' });
    expect(body.message).toContain('+15005550006, +15005550007, +390620004000, +5511955550001, 50500');
  });

  it('with 404 if something does not exist', async () => {
    expect((await twilio.call('GET', 'bursts/nope')).status).toBe(404);
    expect((await twilio.call('DELETE', 'numbers/+15005559999')).status).toBe(404);
  });

  it('with 403 if it uses another host name', async () => {
    const { port } = new URL(twilio.simulator.url);
    const status = await new Promise((resolve) => {
      http.get({ port, host: '127.0.0.1', path: '/sim/v1/account', headers: { host: 'evil.example' } }, (response) =>
        resolve(response.resume().statusCode),
      );
    });
    expect(status).toBe(403);
  });
});

describe('phones', () => {
  it('are listed if they have a name or have sent a text', async () => {
    await twilio.call('POST', 'phones', { phoneNumber: '+351912345678', name: 'Lisboa' });
    await twilio.sendSms({ from: '+15005550301', body: 'Hi' });
    const { body } = await twilio.call('GET', 'phones');
    expect(body.phones).toContainEqual(expect.objectContaining({ phoneNumber: '+351912345678', name: 'Lisboa' }));
    expect(body.phones).toContainEqual(expect.objectContaining({ phoneNumber: '+15005550301', messageCount: 1 }));
  });

  it('show messages in both directions, oldest first', async () => {
    service.answer({ body: '<Response><Message>Hello</Message></Response>' });
    await twilio.sendSms({ from: '+15005550302', body: 'Hi' });
    const { body } = await twilio.call('GET', 'phones/15005550302/messages');
    expect(body.messages).toMatchObject([
      { direction: 'inbound', body: 'Hi', status: 'received', deliveries: [{ status: 200 }] },
      { direction: 'outbound-reply', body: 'Hello' },
    ]);
  });
});

describe('the wire log', () => {
  it('contains requests in both directions, newest last, without the token', async () => {
    const { messageSid } = await twilio.sendSms({ body: "it's me" });
    await twilio.client.messages(messageSid).fetch();
    const { body } = await twilio.call('GET', 'requests');
    const [webhook, rest] = body.requests.slice(-2);
    expect(webhook).toMatchObject({ direction: 'out', method: 'POST', status: 200, messageSid, signature: 'right' });
    expect(webhook.curl).toContain(`curl -i -X POST '${service.url}/sms' -H 'Content-Type:`);
    expect(rest).toMatchObject({
      direction: 'in',
      method: 'GET',
      status: 200,
      headers: { authorization: 'Basic ****' },
    });
    expect(rest.curl).toContain('-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"');
    expect(JSON.stringify(body)).not.toContain(twilio.simulator.authToken);
  });

  it('can be filtered, and keeps the newest 2,000 requests', async () => {
    await twilio.sendSms({ trouble: { times: 1_000, together: true } });
    await twilio.sendSms({ trouble: { times: 1_000, together: true } });
    const { messageSid } = await twilio.sendSms();
    const all = (await twilio.call('GET', 'requests')).body.requests;
    expect(all).toHaveLength(2_000);
    expect(all.at(-1).messageSid).toBe(messageSid);
    expect((await twilio.call('GET', `requests?messageSid=${messageSid}`)).body.requests).toHaveLength(1);
    expect((await twilio.call('GET', 'requests?direction=in')).body.requests).toEqual([]);
    expect((await twilio.call('GET', `requests?after=${all.at(-3).id}&path=/sms`)).body.requests).toHaveLength(2);
  });
});

describe('resending a webhook', () => {
  const resend = (id: number, body?: object) => twilio.call('POST', `requests/${id}/resend`, body);
  const lastRequest = async () => (await twilio.call('GET', 'requests?limit=1')).body.requests[0];

  it('sends the same form again, or the edited one', async () => {
    const { messageSid } = await twilio.sendSms({ body: 'Ciao, così & più' });
    const { id, body } = await lastRequest();
    expect(await resend(id)).toMatchObject({ status: 200, body: { status: 200 } });
    expect(service.received[1]!.body).toBe(service.received[0]!.body);
    expect(service.received[1]!.headers['x-twilio-signature']).toBe(service.received[0]!.headers['x-twilio-signature']);
    const form = [...new URLSearchParams(body)].map(([name, value]) => [name, name === 'Body' ? 'Ciao 😀' : value]);
    await resend(id, { form, wrongSignature: true });
    expect(service.received[2]!.form).toMatchObject({ MessageSid: messageSid, Body: 'Ciao 😀' });
    expect(await lastRequest()).toMatchObject({ messageSid, signature: 'wrong' });
  });

  it.each([{ form: 'Body=Hi' }, { form: [['Body']] }, { form: [['Body', 1]] }])('refuses %j', async (wrong) => {
    await twilio.sendSms();
    expect(await resend((await lastRequest()).id, wrong)).toMatchObject({ status: 400, body: { field: 'form' } });
  });

  it('answers 404 if the request is not a webhook or does not exist', async () => {
    await twilio.client.incomingPhoneNumbers.list();
    expect(await resend((await lastRequest()).id)).toMatchObject({ status: 404 });
    expect(await resend(999_999_999)).toMatchObject({ status: 404 });
  });
});

describe('numbers', () => {
  it('can be added and released', async () => {
    const numbers = [{ phoneNumber: '+15005550066', friendlyName: 'New', capabilities: { mms: false } }];
    await twilio.call('PUT', 'numbers', { numbers });
    const [added] = await twilio.client.incomingPhoneNumbers.list({ phoneNumber: '+15005550066' });
    expect(added).toMatchObject({ friendlyName: 'New', capabilities: { sms: true, mms: false } });
    await twilio.call('DELETE', 'numbers/+15005550066');
    await expect(twilio.client.incomingPhoneNumbers.list({ phoneNumber: '+15005550066' })).resolves.toEqual([]);
  });
});

it('the stream names what changed', async () => {
  const response = await fetch(`${twilio.simulator.url}/sim/v1/stream`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  await twilio.sendSms();
  let text = '';
  while (!text.includes('data: [')) text += (await reader.read()).value;
  expect(text).toContain('"messages"');
  await reader.cancel();
});

it.each(['/', '/page.js', '/thread.js', '/phone.css', '/it.json', '/icon.svg'])(
  'the page serves %s, without inline scripts',
  async (path) => {
    const response = await fetch(twilio.simulator.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).not.toMatch(/<script>|\son\w+=|innerHTML/);
  },
);
