import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import twilioLibrary from 'twilio';
import { NUMBER, PHONE, startForTest } from './support/start.ts';
import { startWebhookServer, type Received } from './support/webhook-server.ts';

let twilio: Awaited<ReturnType<typeof startForTest>>;
let service: Awaited<ReturnType<typeof startWebhookServer>>;
let smsUrl: string;
beforeAll(async () => {
  twilio = await startForTest();
  service = await startWebhookServer();
  smsUrl = `${service.url}/webhooks/twilio/sms/k3v9`;
});
beforeEach(() =>
  twilio.setNumber({
    smsUrl,
    smsMethod: 'POST',
    smsFallbackUrl: null,
    smsApplicationSid: null,
    messagingServiceSid: null,
  }),
);
afterEach(() => service.reset());
afterAll(async () => {
  await twilio.close();
  await service.close();
});

const isSigned = ({ headers, form }: Received, url = smsUrl) =>
  twilioLibrary.validateRequest(twilio.simulator.authToken, headers['x-twilio-signature'] as string, url, form);
const alerts = async () =>
  (await twilio.call('GET', 'account')).body.alerts as { errorCode: number; message: string }[];

describe('an SMS reaches the webhook', () => {
  it('as a form with every field that Twilio sends, with a signature that the official library accepts', async () => {
    const { messageSid, deliveries } = await twilio.sendSms({ body: 'Olá, é o João 😀 & (50% off)+~*!' });
    expect(deliveries).toEqual([expect.objectContaining({ status: 200, attempts: 1, signature: 'right' })]);
    const [request] = service.received;
    expect(request!.method).toBe('POST');
    expect(Object.keys(request!.form)).toEqual([
      'ToCountry', 'ToState', 'SmsMessageSid', 'NumMedia', 'ToCity', 'FromZip', 'SmsSid', 'FromState', 'SmsStatus', 'FromCity',
      'Body', 'FromCountry', 'To', 'ToZip', 'NumSegments', 'MessageSid', 'AccountSid', 'From', 'ApiVersion',
    ]); // prettier-ignore
    expect(request!.form).toMatchObject({
      Body: 'Olá, é o João 😀 & (50% off)+~*!',
      MessageSid: messageSid,
      SmsSid: messageSid,
      SmsMessageSid: messageSid,
      AccountSid: twilio.simulator.accountSid,
      From: PHONE,
      To: NUMBER,
      SmsStatus: 'received',
      NumSegments: '1',
      NumMedia: '0',
      ApiVersion: '2010-04-01',
      FromCountry: 'US',
      FromState: 'CA',
    });
    expect(request!.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'i-twilio-idempotency-token': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(isSigned(request!)).toBe(true);
  });

  it('from abroad, with empty city, state and zip that are signed too', async () => {
    await twilio.sendSms({ from: '+447911123456' });
    const [request] = service.received;
    expect(request!.form).toMatchObject({ FromCountry: 'GB', FromCity: '', FromState: '', FromZip: '' });
    expect(request!.body).toContain('FromCity=&');
    expect(isSigned(request!)).toBe(true);
  });

  it.each([
    ['?a=1&b=2', '?a=1&b=2'],
    ['#rc=0&rt=2000', ''],
    ['?a=1#rc=2&rp=all', '?a=1'],
  ])('at a URL with %s', async (suffix, signed) => {
    await twilio.setNumber({ smsUrl: smsUrl + suffix });
    await twilio.sendSms();
    expect(service.received[0]!.path).toBe(`/webhooks/twilio/sms/k3v9${signed}`);
    expect(isSigned(service.received[0]!, smsUrl + signed)).toBe(true);
  });

  it('by GET if the number says so, with the parameters in the signed URL', async () => {
    await twilio.setNumber({ smsMethod: 'GET' });
    await twilio.sendSms();
    const [{ method, path, headers }] = service.received as [Received];
    expect(method).toBe('GET');
    const signature = headers['x-twilio-signature'] as string;
    expect(twilioLibrary.validateRequest(twilio.simulator.authToken, signature, service.url + path, {})).toBe(true);
  });

  it('with pictures whose URLs are in the REST API', async () => {
    await twilio.sendSms({ body: '', media: [{ contentType: 'image/png', base64: 'aGk=' }] });
    const { form } = service.received[0]!;
    expect(form).toMatchObject({ NumMedia: '1', MediaContentType0: 'image/png', Body: '' });
    expect(form.MessageSid).toMatch(/^MM/);
    expect(form.MediaUrl0).toBe(
      `${twilio.simulator.url}/2010-04-01/Accounts/${form.AccountSid}/Messages/${form.MessageSid}/Media/${form.MediaUrl0!.split('/').at(-1)}`,
    );
    expect(isSigned(service.received[0]!)).toBe(true);
  });

  it('with the number of its segments', async () => {
    await twilio.sendSms({ body: 'x'.repeat(161) });
    expect(service.received[0]!.form.NumSegments).toBe('2');
  });
});

describe('trouble of one SMS', () => {
  it.each([false, true])('delivers it several times, together: %s', async (together) => {
    const { messageSid, deliveries } = await twilio.sendSms({ trouble: { times: 3, together } });
    expect(deliveries).toHaveLength(3);
    expect(service.received.map(({ form }) => form.MessageSid)).toEqual([messageSid, messageSid, messageSid]);
    expect(new Set(service.received.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
  });

  it('signs it incorrectly', async () => {
    const { deliveries } = await twilio.sendSms({ trouble: { wrongSignature: true } });
    expect(deliveries[0].signature).toBe('wrong');
    expect(isSigned(service.received[0]!)).toBe(false);
  });

  it('loses it, so that it is only in the Messages list', async () => {
    const { messageSid, deliveries } = await twilio.sendSms({ trouble: { lost: true } });
    expect([deliveries, service.received]).toEqual([[], []]);
    expect((await twilio.client.messages(messageSid).fetch()).status).toBe('received');
  });

  it('delays it', async () => {
    const started = Date.now();
    await twilio.sendSms({ trouble: { delayMs: 150 } });
    expect(Date.now() - started).toBeGreaterThanOrEqual(145);
  });
});

describe('the webhook that is called', () => {
  it('is a TwiML app’s rather than the number’s', async () => {
    const { body: app } = await twilio.call('POST', 'applications', { smsUrl: `${service.url}/app` });
    await twilio.setNumber({ smsApplicationSid: app.sid });
    await twilio.sendSms();
    expect(service.received[0]!.path).toBe('/app');
  });

  it('is a Messaging Service’s rather than either, unless the service defers to the number', async () => {
    const { body: owner } = await twilio.call('POST', 'services', {
      inboundRequestUrl: `${service.url}/service`,
      advancedOptOut: true,
    });
    await twilio.setNumber({ messagingServiceSid: owner.sid });
    await twilio.sendSms({ body: 'STOP', from: '+15005550109' });
    expect(service.received[0]!.path).toBe('/service');
    expect(service.received[0]!.form).toMatchObject({ MessagingServiceSid: owner.sid, OptOutType: 'STOP' });
    await twilio.call('PUT', `services/${owner.sid}`, { useInboundWebhookOnNumber: true });
    await twilio.sendSms();
    expect(service.received[1]!.path).toBe('/webhooks/twilio/sms/k3v9');
    expect(service.received[1]!.form).not.toHaveProperty('OptOutType');
  });

  it('is missing if a Messaging Service has none: the SMS is dropped and not even logged', async () => {
    const { body: owner } = await twilio.call('POST', 'services', {});
    await twilio.setNumber({ messagingServiceSid: owner.sid });
    const sms = await twilio.sendSms({ from: '+15005550110' });
    expect(sms).toMatchObject({ messageSid: null, deliveries: [] });
    await expect(twilio.client.messages.list({ from: '+15005550110' })).resolves.toEqual([]);
  });

  it('is never on another machine', async () => {
    const { deliveries } = await twilio.sendSms({ to: '+15005550007' });
    expect(deliveries[0]).toMatchObject({
      status: 0,
      errorCode: 11210,
      error: 'the simulator only delivers to this machine',
    });
  });
});

describe('when the webhook fails', () => {
  const refused = 'http://127.0.0.1:9/sms';

  it.each([403, 404, 500, 503])('%i is not retried, and becomes alert 11200', async (status) => {
    service.answer({ status });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0]).toMatchObject({ status, attempts: 1, errorCode: 11200 });
    expect(service.received).toHaveLength(1);
  });

  it('a refused connection is retried once, and becomes alert 11205', async () => {
    await twilio.setNumber({ smsUrl: refused });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0]).toMatchObject({ status: 0, attempts: 2, errorCode: 11205 });
    expect((await alerts())[0]!.errorCode).toBe(11205);
  });

  it.each([
    ['#rc=3&rp=5xx', 503, 4],
    ['#rc=2&rp=4xx,5xx', 404, 3],
    ['#rc=2&rp=ct', 503, 1],
    ['#rc=0&rp=all', 503, 1],
  ])('%s and status %i make %i attempts, all with the same idempotency token', async (overrides, status, attempts) => {
    await twilio.setNumber({ smsUrl: smsUrl + overrides });
    service.answer({ status });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0]).toMatchObject({ status, attempts });
    expect(service.received).toHaveLength(attempts);
    expect(new Set(service.received.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
  });

  it('an answer that takes longer than rt is a timeout', async () => {
    await twilio.setNumber({ smsUrl: `${smsUrl}#rt=150` });
    service.answer({ delayMs: 600 });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0]).toMatchObject({
      status: 0,
      attempts: 1,
      errorCode: 11200,
      error: expect.stringContaining('150 ms'),
    });
  });

  it('retries stay within tt', async () => {
    await twilio.setNumber({ smsUrl: `${smsUrl}#rt=150&rc=5&rp=rt&tt=400` });
    service.answer({ delayMs: 600 });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0].ms).toBeLessThan(500);
    expect(deliveries[0].attempts).toBe(2);
  });

  it('an invalid override becomes alert 11243', async () => {
    await twilio.setNumber({ smsUrl: `${smsUrl}#rp=6xx` });
    await twilio.sendSms();
    expect((await alerts())[0]).toMatchObject({ errorCode: 11243, message: expect.stringContaining('rp=6xx') });
  });

  it('the fallback is called, with ErrorCode and ErrorUrl in the signed parameters', async () => {
    const smsFallbackUrl = `${service.url}/fallback`;
    await twilio.setNumber({ smsUrl: refused, smsFallbackUrl });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0]).toMatchObject({ status: 0, fallback: { status: 200 } });
    expect(service.received[0]!.form).toMatchObject({ ErrorCode: '11205', ErrorUrl: refused });
    expect(isSigned(service.received[0]!, smsFallbackUrl)).toBe(true);
  });

  it('a redirect counts as a failure, since it would lose the parameters', async () => {
    service.answer({ status: 302 });
    const { deliveries } = await twilio.sendSms();
    expect(deliveries[0]).toMatchObject({ status: 302, errorCode: 11200 });
  });
});
