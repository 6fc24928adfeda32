import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { InboundSmsDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import type { Verdict } from '../../src/inbound-sms/verdict.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { countRequests } from '../support/journal.ts';
import { buildForm, type WebhookAnswer, newMessageSid, postSigned } from '../support/signed-forms.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

describe('A genuine SMS', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let numbers = 0;
  let number: string;

  beforeAll(async () => {
    app = await startTestApp();
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    number = await addNumber();
  });

  async function addNumber(): Promise<string> {
    const phoneNumber = `+1500555${1000 + ++numbers}`;
    await twilio.addNumber({ phoneNumber, capabilities: { sms: true } });
    return phoneNumber;
  }

  /** Posts to the webhook of an entry point, and waits for the verdict. */
  async function text({ webhookUrl }: EntryPointDto, to: string): Promise<InboundSmsDto> {
    const messageSid = newMessageSid();
    const answer = await postSigned(app, webhookUrl, buildForm({ MessageSid: messageSid, To: to }));
    expect(answer).toMatchObject({ status: 200, contentType: 'text/xml; charset=utf-8' });
    return verdictOn(messageSid);
  }

  const verdictOn = (messageSid: string): Promise<InboundSmsDto> =>
    eventually(`the verdict on ${messageSid}`, async () => {
      const { body } = await app.api.get<{ data: InboundSmsDto[] }>(`inbound-sms?twilioMessageSid=${messageSid}`);
      return body.data[0]?.verdict && body.data[0];
    });

  test('of a Messaging Service goes to the entry point that has its To', async () => {
    const entryPoint = await buildEntryPoint(app, { phoneNumber: number });
    const other = await buildEntryPoint(app, { phoneNumber: await addNumber(), language: 'pt-BR' });
    const sms = await text(entryPoint, other.phoneNumber);
    expect(sms).toMatchObject({ verdict: 'accepted', entryPointId: other.id });
    const { body: contact } = await app.api.get(`contacts/${sms.contactId}`);
    expect(contact).toMatchObject({ entryPointId: other.id, lang: 'pt-BR', dnis: other.phoneNumber });
  });

  test('to a number that no entry point has is unrouted, until one has it and it is replayed', async () => {
    const entryPoint = await buildEntryPoint(app, { phoneNumber: number });
    const freeNumber = await addNumber();
    const sms = await text(entryPoint, freeNumber);
    expect(sms).toMatchObject({ verdict: 'unrouted', entryPointId: null, contactId: null });
    const late = await buildEntryPoint(app, { phoneNumber: freeNumber });
    expect(await replay(sms)).toMatchObject({ verdict: 'accepted', entryPointId: late.id });
  });

  test.each<[string, Verdict, (entryPoint: EntryPointDto, isOn: boolean) => Promise<unknown>]>([
    [
      'entry point',
      'entry_point_disabled',
      async ({ id }, isOn) =>
        expectStatus(await app.api.patch(`entry-points/${id}`, { state: isOn ? 'active' : 'disabled' }), 200),
    ],
    [
      'channel',
      'channel_disabled',
      async ({ campaignId }, isOn) =>
        expectStatus(await app.api.patch(`campaigns/${campaignId}`, { smsInboundEnabled: isOn }), 200),
    ],
  ])('to a disabled %s is in the journal as %s, and makes its contact when replayed', async (_, verdict, turn) => {
    const entryPoint = await buildEntryPoint(app, { phoneNumber: number });
    await turn(entryPoint, false);
    const sms = await text(entryPoint, number);
    expect(sms).toMatchObject({ verdict, entryPointId: entryPoint.id, contactId: null });
    expect(await countContacts(entryPoint)).toBe(0);

    await turn(entryPoint, true);
    const accepted = await replay(sms);
    expect(accepted).toMatchObject({ verdict: 'accepted', contactId: expect.any(String) });
    expect(await countContacts(entryPoint)).toBe(1);
    expect(await app.api.post(`inbound-sms/${sms.id}/replay`)).toMatchObject({
      status: 409,
      body: { errorCode: 'already_accepted' },
    });
  });

  test('to the URL of a deleted entry point is unrouted', async () => {
    const entryPoint = await buildEntryPoint(app, { phoneNumber: number });
    expectStatus(await app.api.delete(`entry-points/${entryPoint.id}`), 204);
    expect(await text(entryPoint, number)).toMatchObject({ verdict: 'unrouted', contactId: null });
  });

  test('is refused while telephony is disconnected, and taken when it is connected again', async () => {
    const entryPoint = await buildEntryPoint(app, { phoneNumber: number });
    const form = buildForm({ To: number });
    const post = (): Promise<WebhookAnswer> => postSigned(app, entryPoint.webhookUrl, form);
    expectStatus(await app.api.delete('telephony'), 204);
    const before = await countRequests(app);
    const refusal = await eventually('the intake knows', async () => {
      const answer = await post();
      return answer.status === 403 && answer;
    });
    expect(refusal).toMatchObject({
      contentType: 'text/xml; charset=utf-8',
      body: expect.stringMatching(/<Response><!-- No Twilio account is connected[^<]* --><\/Response>$/),
    });
    expect((await countRequests(app)).minus(before)).toMatchObject({ telephony_disconnected: 1 });

    await connectTelephony(app);
    await eventually('the intake knows', async () => (await post()).status === 200);
    await verdictOn(new URLSearchParams(form).get('MessageSid')!);
    expect(await countContacts(entryPoint)).toBe(1);
  });

  test('is taken at once when its token was rotated, the next token given before', async () => {
    const entryPoint = await buildEntryPoint(app, { phoneNumber: number });
    const { accountSid, authToken } = app.simulator;
    const nextAuthToken = 'c0ffee'.padEnd(32, '0');
    expectStatus(await app.api.put('telephony', { accountSid, authToken, nextAuthToken }), 200);
    expect(await text(entryPoint, number)).toMatchObject({ verdict: 'accepted' });
    await twilio.rotateToken(nextAuthToken);
    expect(await text(entryPoint, number)).toMatchObject({ verdict: 'accepted' });
    await connectTelephony(app);
  });

  async function replay({ id, twilioMessageSid }: InboundSmsDto): Promise<InboundSmsDto> {
    expectStatus(await app.api.post(`inbound-sms/${id}/replay`), 202);
    return verdictOn(twilioMessageSid);
  }

  async function countContacts({ id }: EntryPointDto): Promise<number> {
    const { body } = await app.api.get<{ data: unknown[] }>(`contacts?entryPointId=${id}`);
    return body.data.length;
  }
});
