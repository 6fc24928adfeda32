import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PhoneNumberDto, PhoneNumberListDto } from '../../src/entry-points/phone-number.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const DEFAULT_NUMBERS = 6;

describe('Phone numbers', () => {
  let app: TestApp;
  let twilio: TwilioConsole;

  beforeAll(async () => {
    app = await startTestApp();
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
  });
  afterAll(() => app.stop());

  const listNumbers = async (): Promise<PhoneNumberDto[]> =>
    expectStatus(await app.api.get<PhoneNumberListDto>('telephony/phone-numbers'), 200).data;
  const findNumber = async (phoneNumber: string): Promise<PhoneNumberDto> =>
    (await listNumbers()).find((number) => number.phoneNumber === phoneNumber)!;

  test.each([
    {
      what: 'a free number',
      phoneNumber: '+15005550006',
      expected: {
        friendlyName: 'Support (US)',
        kind: 'number',
        capabilities: { sms: true, mms: true, voice: true },
        smsUrl: null,
        smsApplicationSid: null,
      },
    },
    {
      what: 'one that another system uses',
      phoneNumber: '+15005550007',
      expected: { kind: 'number', smsUrl: 'https://crm.example.com/sms', smsMethod: 'POST' },
    },
    {
      what: 'one for voice only',
      phoneNumber: '+442079460000',
      expected: { kind: 'number', capabilities: { sms: false, mms: false, voice: true } },
    },
    {
      what: 'a short code',
      phoneNumber: '50500',
      expected: { kind: 'short_code', capabilities: { sms: true, mms: true, voice: false } },
    },
  ])('$what is listed as what it is', async ({ phoneNumber, expected }) => {
    expect(await findNumber(phoneNumber)).toMatchObject({ phoneNumber, inUseBy: null, ...expected });
  });

  test('a TwiML application of a number is shown', async () => {
    const smsApplicationSid = await twilio.addApplication();
    await twilio.changeNumber('+390620004000', { smsApplicationSid });
    expect(await findNumber('+390620004000')).toMatchObject({ smsApplicationSid });
  });

  test.each([
    ['a number that cannot receive SMS', '+442079460000', /\+442079460000, which cannot receive SMS/],
    ['a number that the account does not have', null, /is not a number of the connected Twilio account/],
  ])('%s cannot be chosen', async (_, phoneNumber, reason) => {
    const { id: campaignId } = await buildCampaign(app);
    const phoneNumberSid = phoneNumber === null ? `PN${'0'.repeat(32)}` : (await findNumber(phoneNumber)).sid;
    const body = { campaignId, name: 'Reception', language: 'en-US', phoneNumberSid };
    const answer = await app.api.post('entry-points', body);
    expect(problemOf(answer)).toMatchObject({ status: 422, errorCode: 'number_unusable' });
    expect(fieldsOf(answer)).toEqual(['phoneNumberSid']);
    expect(problemOf(answer).detail).toMatch(reason);
  });

  test.each(['+5511955550001', '50500'])(
    '%s tells which entry point uses it, until that is deleted',
    async (number) => {
      const { id, name } = await buildEntryPoint(app, { phoneNumber: number });
      expect(await findNumber(number)).toMatchObject({ inUseBy: { entryPointId: id, name } });
      expect((await listNumbers()).filter(({ inUseBy }) => inUseBy !== null)).toHaveLength(1);
      expectStatus(await app.api.delete(`entry-points/${id}`), 204);
      expect(await findNumber(number)).toMatchObject({ inUseBy: null });
    },
  );

  describe('with 1,200 more', () => {
    beforeAll(() => twilio.call('PUT', 'numbers', { count: 1_200 }));

    test("are all listed, over all of Twilio's pages, each once", async () => {
      const numbers = await listNumbers();
      expect(numbers).toHaveLength(1_200 + DEFAULT_NUMBERS);
      expect(new Set(numbers.map(({ sid }) => sid)).size).toBe(numbers.length);
      expect(numbers.map(({ phoneNumber }) => phoneNumber)).toEqual(
        expect.arrayContaining(['+15002000000', '+15002001199', '50500']),
      );
    });

    test('are not listed by half when Twilio fails on the second page: 502', async () => {
      await twilio.makeTrouble({ rest: [{ status: 500, times: 1, path: 'PageToken' }] });
      expect(problemOf(await app.api.get('telephony/phone-numbers'))).toMatchObject({
        status: 502,
        errorCode: 'twilio_unavailable',
      });
      expect(await listNumbers()).toHaveLength(1_200 + DEFAULT_NUMBERS);
    });
  });
});
