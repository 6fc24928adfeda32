import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startForTest } from './support/start.ts';

let twilio: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => void (twilio = await startForTest()));
afterAll(() => twilio.close());

const sidOf = async (phoneNumber: string) => (await twilio.client.incomingPhoneNumbers.list({ phoneNumber }))[0]!.sid;

describe('the account', () => {
  it('is shown with its primary token', async () => {
    const account = await twilio.client.api.v2010.accounts(twilio.simulator.accountSid).fetch();
    expect(account).toMatchObject({ status: 'active', type: 'Full', authToken: twilio.simulator.authToken });
    expect(account.dateCreated).toBeInstanceOf(Date);
  });

  it('refuses a wrong token as Twilio does', async () => {
    const client = twilio.clientWith('0'.repeat(32));
    await expect(client.incomingPhoneNumbers.list()).rejects.toMatchObject({
      status: 401,
      code: 20003,
      message: 'Authenticate',
      moreInfo: 'https://www.twilio.com/docs/errors/20003',
    });
  });

  it('accepts a rotated token at once', async () => {
    const old = twilio.client;
    const { body } = await twilio.call('PUT', 'account', {});
    await expect(old.incomingPhoneNumbers.list()).rejects.toMatchObject({ code: 20003 });
    twilio.client = twilio.clientWith(body.authToken);
    await expect(twilio.client.incomingPhoneNumbers.list()).resolves.toHaveLength(5);
  });
});

describe('numbers', () => {
  it('are listed with capabilities in lower case, and short codes in a list of their own', async () => {
    const numbers = await twilio.client.incomingPhoneNumbers.list();
    expect(numbers.map((number) => number.phoneNumber)).toEqual([
      '+15005550006',
      '+15005550007',
      '+390620004000',
      '+442079460000',
      '+5511955550001',
    ]);
    expect(numbers[3]!.capabilities).toEqual({ sms: false, mms: false, voice: true, fax: false });
    const [code] = await twilio.client.shortCodes.list();
    expect(code).toMatchObject({ shortCode: '50500', smsUrl: '', smsMethod: 'POST' });
  });

  it.each([
    [{ phoneNumber: '+15005550007' }, ['+15005550007']],
    [{ phoneNumber: '5005550' }, ['+15005550006', '+15005550007']],
    [{ friendlyName: 'Vendas (BR)' }, ['+5511955550001']],
    [{ friendlyName: 'Vendas' }, []],
  ])('are found by %j', async (filter, found) => {
    const numbers = await twilio.client.incomingPhoneNumbers.list(filter);
    expect(numbers.map((number) => number.phoneNumber)).toEqual(found);
  });

  it('keep the webhook that is set', async () => {
    const smsUrl = 'https://sms.acme.com/webhooks/twilio/sms/k3v9#rc=2&rp=ct,rt';
    const sid = await sidOf('+15005550006');
    const updated = await twilio.client.incomingPhoneNumbers(sid).update({
      smsUrl,
      smsMethod: 'POST',
      smsApplicationSid: '',
      smsFallbackUrl: 'https://sms.acme.com/fallback',
    });
    expect(updated).toMatchObject({ sid, smsUrl, smsMethod: 'POST', smsApplicationSid: '' });
    const fetched = await twilio.client.incomingPhoneNumbers(sid).fetch();
    expect(fetched).toMatchObject({ smsUrl, smsFallbackUrl: 'https://sms.acme.com/fallback' });
    await twilio.client.incomingPhoneNumbers(sid).update({ smsUrl: '' });
    expect((await twilio.client.incomingPhoneNumbers(sid).fetch()).smsUrl).toBe('');
  });

  it('include short codes, whose webhook can be set too', async () => {
    const [code] = await twilio.client.shortCodes.list({ shortCode: '50500' });
    const updated = await twilio.client.shortCodes(code!.sid).update({ smsUrl: 'https://sms.acme.com/short' });
    expect(updated.smsUrl).toBe('https://sms.acme.com/short');
  });

  it.each([
    [{ smsUrl: 'not a url' }, 400, 21502, 'SmsUrl is not a valid URL: not a url'],
    [{ smsUrl: 'ftp://acme.com' }, 400, 21502, 'SmsUrl is not a valid URL: ftp://acme.com'],
    [{ smsMethod: 'PATCH' }, 400, 21503, 'SmsMethod is not valid: PATCH'],
    [{ smsFallbackUrl: '/fallback' }, 400, 21504, 'SmsFallbackUrl is not a valid URL: /fallback'],
  ])('refuse %j', async (settings, status, code, message) => {
    const sid = await sidOf('+15005550006');
    const change = twilio.client.incomingPhoneNumbers(sid).update(settings);
    await expect(change).rejects.toMatchObject({ status, code, message });
  });

  it('answer 20404 if they do not exist', async () => {
    const sid = `PN${'0'.repeat(32)}`;
    await expect(twilio.client.incomingPhoneNumbers(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    const stranger = twilio.client.api.v2010.accounts(`AC${'0'.repeat(32)}`).incomingPhoneNumbers;
    await expect(stranger.list()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('are paginated: 1,205 of them', async () => {
    await twilio.call('PUT', 'numbers', { count: 1_200 });
    const first = await twilio.client.incomingPhoneNumbers.page();
    expect(first.instances).toHaveLength(50);
    const biggest = await twilio.client.incomingPhoneNumbers.page({ pageSize: 1_000 });
    expect(biggest.instances).toHaveLength(1_000);
    const all = await twilio.client.incomingPhoneNumbers.list();
    expect(new Set(all.map((number) => number.sid)).size).toBe(1_205);
    await expect(twilio.client.incomingPhoneNumbers.page({ pageSize: 1_001 })).rejects.toMatchObject({ status: 400 });
  });
});

describe('Messaging Services', () => {
  it('are listed with their numbers and the flag that decides whose webhook is used', async () => {
    const { body: created } = await twilio.call('POST', 'services', { friendlyName: 'Campaigns' });
    await twilio.setNumber({ messagingServiceSid: created.sid });
    const [service] = await twilio.client.messaging.v1.services.list();
    expect(service).toMatchObject({
      friendlyName: 'Campaigns',
      inboundRequestUrl: null,
      useInboundWebhookOnNumber: false,
    });
    const [member] = await twilio.client.messaging.v1.services(service!.sid).phoneNumbers.list();
    expect(member).toMatchObject({ phoneNumber: '+15005550006', capabilities: ['SMS', 'MMS', 'VOICE'] });
    const changed = await twilio.client.messaging.v1
      .services(service!.sid)
      .update({ useInboundWebhookOnNumber: true, inboundRequestUrl: 'https://sms.acme.com/service' });
    expect(changed).toMatchObject({
      useInboundWebhookOnNumber: true,
      inboundRequestUrl: 'https://sms.acme.com/service',
    });
  });

  it('share no numbers, and are paginated', async () => {
    for (let more = 0; more < 5; more++) await twilio.call('POST', 'services', { friendlyName: `Service ${more}` });
    const services = await twilio.client.messaging.v1.services.list({ pageSize: 2 });
    expect(services).toHaveLength(6);
    await twilio.setNumber({ messagingServiceSid: services[3]!.sid });
    const members = await Promise.all(
      services.map(({ sid }) => twilio.client.messaging.v1.services(sid).phoneNumbers.list()),
    );
    expect(members.map((list) => list.length)).toEqual([0, 0, 0, 1, 0, 0]);
  });
});
