import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import type { EntryPointWebhookDto, WebhookChangeDto } from '../../src/entry-points/entry-point-webhook.dto.js';
import type { PhoneNumberListDto } from '../../src/entry-points/phone-number.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { makeWebhookKey } from '../../src/entry-points/webhook-url.js';
import { firstAccountId } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { buildCampaign, connectTelephony, expectStatus } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';
import { type NumberAtTwilio, TwilioConsole } from '../support/twilio-console.ts';

const FOREIGN = 'https://crm.example.com/sms?tenant=7#rc=1';

let made = 0;

describe('The webhook of an entry point at Twilio', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let campaignId: string;

  beforeAll(async () => {
    app = await startTestApp();
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
    campaignId = (await buildCampaign(app)).id;
  });
  afterAll(() => app.stop());

  /** On a number of its own that has these settings at Twilio. Its webhook is not set. */
  async function buildOn(atTwilio: Partial<NumberAtTwilio> = {}): Promise<EntryPointDto> {
    const phoneNumber = atTwilio.phoneNumber ?? `+1500300${String(++made).padStart(4, '0')}`;
    const { sid: phoneNumberSid } = await twilio.addNumber({ phoneNumber, ...atTwilio });
    const body = { campaignId, name: `On ${phoneNumber}`, language: 'en-US', phoneNumberSid };
    return expectStatus(await app.api.post<EntryPointDto>('entry-points', body), 201);
  }
  const check = async ({ id }: EntryPointDto): Promise<EntryPointWebhookDto> =>
    expectStatus(await app.api.get<EntryPointWebhookDto>(`entry-points/${id}/webhook`), 200);
  const set = async ({ id }: EntryPointDto): Promise<WebhookChangeDto> =>
    expectStatus(await app.api.post<WebhookChangeDto>(`entry-points/${id}/webhook`), 200);
  const restore = ({ id }: EntryPointDto): ReturnType<typeof app.api.post<WebhookChangeDto>> =>
    app.api.post(`entry-points/${id}/webhook/restore`);

  test.each([
    ['a fresh number', {}, { smsUrl: null, smsMethod: 'POST', smsApplicationSid: null }],
    [
      'a number of another system',
      { smsUrl: FOREIGN, smsMethod: 'GET' },
      { smsUrl: FOREIGN, smsMethod: 'GET', smsApplicationSid: null },
    ],
    ['a short code', { phoneNumber: '60600' }, { smsUrl: null, smsMethod: 'POST', smsApplicationSid: null }],
  ])('is set on %s, with POST and the retries, read back, and what stood there is kept', async (_, given, previous) => {
    const entryPoint = await buildOn(given);
    const retrying = `${entryPoint.webhookUrl}#rc=3&rp=ct,rt,5xx&ct=2000&rt=3500&tt=15000`;
    const proposed = { smsUrl: retrying, smsMethod: 'POST', smsApplicationSid: null };
    expect(await check(entryPoint)).toMatchObject({ proposed, current: previous, previous: null });

    const change = await set(entryPoint);
    expect(change).toMatchObject({ state: 'set', problem: null, current: proposed, proposed, previous });
    expect(change.steps.map(({ step }) => step)).toEqual(['read', 'keep_previous', 'write', 'read_back']);
    expect(change.steps.at(-1)!.detail).toContain(retrying);
    expect(await twilio.getNumber(entryPoint.phoneNumber)).toMatchObject({
      smsUrl: retrying,
      smsMethod: 'POST',
      smsApplicationSid: '',
    });
    const { body } = await app.api.get<EntryPointDto>(`entry-points/${entryPoint.id}`);
    expect(body.webhook).toEqual({ state: 'set', checkedAt: change.checkedAt });
  });

  test('clears the TwiML application, which Twilio would prefer, and says so', async () => {
    const smsApplicationSid = await twilio.addApplication();
    const entryPoint = await buildOn({ smsUrl: FOREIGN, smsApplicationSid });
    const change = await set(entryPoint);
    expect(change).toMatchObject({ state: 'set', previous: { smsUrl: FOREIGN, smsApplicationSid } });
    expect(change.steps.find(({ step }) => step === 'write')!.detail).toContain(
      `Cleared the TwiML application ${smsApplicationSid}`,
    );
    expect(await twilio.getNumber(entryPoint.phoneNumber)).toMatchObject({ smsApplicationSid: '' });
    const contact = await textAndWait(app, { from: '+15005550103', to: entryPoint.phoneNumber });
    expect(contact.entryPointId).toBe(entryPoint.id);
  });

  test('set again it keeps what stood there at first, not itself', async () => {
    const entryPoint = await buildOn({ smsUrl: FOREIGN });
    await set(entryPoint);
    const again = await set(entryPoint);
    expect(again).toMatchObject({ state: 'set', previous: { smsUrl: FOREIGN } });
    expect(again.steps.map(({ step }) => step)).toEqual(['read', 'write', 'read_back']);
  });

  test.each([
    ['the URL', async () => ({ smsUrl: FOREIGN })],
    ['the TwiML application alone', async () => ({ smsApplicationSid: await twilio.addApplication() })],
  ])('set again after somebody changed %s it keeps that', async (_, change) => {
    const entryPoint = await buildOn();
    await set(entryPoint);
    const changed = await change();
    await twilio.changeNumber(entryPoint.phoneNumber, changed);
    expect(await set(entryPoint)).toMatchObject({ state: 'set', previous: changed });
    expect((await restore(entryPoint)).body).toMatchObject({ current: changed });
  });

  test.each([
    ['nothing', async () => ({})],
    ['another URL and method', async () => ({ smsUrl: FOREIGN, smsMethod: 'GET' })],
    ['a TwiML application', async () => ({ smsUrl: FOREIGN, smsApplicationSid: await twilio.addApplication() })],
  ])('a restore puts %s back exactly, once', async (_, given) => {
    const entryPoint = await buildOn(await given());
    const { updatedAt: _before, ...before } = await twilioSettings(entryPoint);
    await set(entryPoint);
    const { body: change } = await restore(entryPoint);
    expect(change).toMatchObject({ previous: null });
    expect(change.state).not.toBe('set');
    expect(change.steps.map(({ step }) => step)).toEqual(['read', 'write', 'read_back']);
    const { updatedAt: _after, ...after } = await twilioSettings(entryPoint);
    expect(after).toEqual(before);

    expect(problemOf(await restore(entryPoint))).toMatchObject({ status: 409, errorCode: 'nothing_to_restore' });
    expect(await twilioSettings(entryPoint)).toMatchObject(before);
  });

  test('a restore takes away nothing that somebody else has set since', async () => {
    const entryPoint = await buildOn();
    await set(entryPoint);
    await twilio.changeNumber(entryPoint.phoneNumber, { smsUrl: FOREIGN });
    expect(problemOf(await restore(entryPoint))).toMatchObject({ status: 409, errorCode: 'webhook_changed_since' });
    expect(await twilioSettings(entryPoint)).toMatchObject({ smsUrl: FOREIGN });
  });

  test('an entry point that moves to another number gives the old one back what stood there', async () => {
    const entryPoint = await buildOn({ smsUrl: FOREIGN });
    await set(entryPoint);
    const { body: numbers } = await app.api.get<PhoneNumberListDto>('telephony/phone-numbers');
    const free = numbers.data.find(({ inUseBy, capabilities }) => inUseBy === null && capabilities.sms)!;
    const moved = await app.api.patch<EntryPointDto>(`entry-points/${entryPoint.id}`, { phoneNumberSid: free.sid });
    expect(moved.body).toMatchObject({ phoneNumber: free.phoneNumber, webhook: { state: 'unknown' } });
    expect(await twilioSettings(entryPoint)).toMatchObject({ smsUrl: FOREIGN });
  });

  test('a restore before anything was set has nothing to put back', async () => {
    expect(problemOf(await restore(await buildOn()))).toMatchObject({ status: 409, errorCode: 'nothing_to_restore' });
  });

  test('after a restore it can be set and restored again', async () => {
    const entryPoint = await buildOn({ smsUrl: FOREIGN });
    for (let round = 0; round < 2; round++) {
      expect(await set(entryPoint)).toMatchObject({ state: 'set' });
      expect((await restore(entryPoint)).body).toMatchObject({ state: 'changed', current: { smsUrl: FOREIGN } });
    }
  });

  describe('drift at Twilio is told with the way out', () => {
    test.each<[string, (number: string) => Promise<unknown>, RegExp]>([
      ['changed', (number) => twilio.changeNumber(number, { smsUrl: FOREIGN }), /crm\.example\.com.*Set the webhook/],
      ['changed', (number) => twilio.changeNumber(number, { smsMethod: 'GET' }), /\(GET\).*Set the webhook/],
      ['not_set', (number) => twilio.changeNumber(number, { smsUrl: '' }), /does not post.*Set the webhook/],
      [
        'overridden_by_application',
        async (number) => twilio.changeNumber(number, { smsApplicationSid: await twilio.addApplication() }),
        /TwiML application AP.*Set the webhook/,
      ],
      [
        'overridden_by_messaging_service',
        (number) => moveToService(number, { useInboundWebhookOnNumber: false }),
        /"Notify" \(MG.*Defer to sender's webhook/,
      ],
      ['number_missing', (number) => twilio.removeNumber(number), /Give the entry point another number/],
    ])('%s', async (state, drift, problem) => {
      const entryPoint = await buildOn();
      await set(entryPoint);
      await drift(entryPoint.phoneNumber);
      expect(await check(entryPoint)).toMatchObject({ state, problem: expect.stringMatching(problem) });
      const { body } = await app.api.get<EntryPointDto>(`entry-points/${entryPoint.id}`);
      expect(body.webhook.state).toBe(state);
    });

    test('a Messaging Service that leaves it to the number is no drift', async () => {
      const entryPoint = await buildOn();
      await set(entryPoint);
      await moveToService(entryPoint.phoneNumber, { useInboundWebhookOnNumber: true });
      expect(await check(entryPoint)).toMatchObject({ state: 'set', overridingService: null });
    });

    test('a number that is gone cannot be set: 409 that says so', async () => {
      const entryPoint = await buildOn();
      await twilio.removeNumber(entryPoint.phoneNumber);
      expect(await check(entryPoint)).toMatchObject({ state: 'number_missing', current: null });
      const answer = await app.api.post(`entry-points/${entryPoint.id}/webhook`);
      expect(problemOf(answer)).toMatchObject({ status: 409, errorCode: 'number_missing' });
    });
  });

  test('Twilio refusing the change leaves nothing to restore but what stood there', async () => {
    const entryPoint = await buildOn({ smsUrl: FOREIGN });
    await twilio.makeTrouble({ rest: [{ status: 500, times: 1, path: entryPoint.phoneNumberSid }] });
    const answer = await app.api.post(`entry-points/${entryPoint.id}/webhook`);
    expect(problemOf(answer)).toMatchObject({ status: 502, errorCode: 'twilio_unavailable' });
    expect(await check(entryPoint)).toMatchObject({ state: 'changed', current: { smsUrl: FOREIGN } });
  });

  async function moveToService(phoneNumber: string, given: { useInboundWebhookOnNumber: boolean }): Promise<void> {
    const messagingServiceSid = await twilio.addMessagingService({ friendlyName: 'Notify', ...given });
    await twilio.changeNumber(phoneNumber, { messagingServiceSid });
  }

  const twilioSettings = async ({ phoneNumber }: EntryPointDto): Promise<NumberAtTwilio & { updatedAt?: number }> =>
    twilio.getNumber(phoneNumber);
});

describe('With the real Twilio, which cannot reach a loopback address', () => {
  let app: TestApp;

  beforeAll(async () => {
    // Nothing answers there either: the refusal must come before any call.
    app = await startTestApp({ TWILIO_API_BASE_URL: 'https://api.twilio.invalid' });
  });
  afterAll(() => app.stop());

  test('the webhook is refused with what to do about PUBLIC_URL', async () => {
    const { id: campaignId } = await buildCampaign(app);
    const id = newId();
    await app.dataSource.query(
      `INSERT INTO entry_points (id, account_id, campaign_id, name, language, state, phone_number_sid, phone_number,
         webhook_key) VALUES ($1, $2, $3, 'Support', 'en-US', 'active', 'PN1', '+15005550006', $4)`,
      [id, await firstAccountId(app), campaignId, makeWebhookKey()],
    );
    const problem = problemOf(await app.api.post(`entry-points/${id}/webhook`));
    expect(problem).toMatchObject({ status: 422, errorCode: 'public_url_unreachable' });
    expect(problem.detail).toMatch(/127\.0\.0\.1.*Set PUBLIC_URL to the https address/);
  });
});
