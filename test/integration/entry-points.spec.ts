import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import type { ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { type NumberAtTwilio, TwilioConsole } from '../support/twilio-console.ts';

describe('Entry points', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let campaign: CampaignDto;
  let free: NumberAtTwilio[];

  beforeAll(async () => {
    app = await startTestApp();
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
    campaign = await buildCampaign(app, { name: 'Support', languages: ['en-US', 'pt-BR'] });
    free = (await twilio.call<{ numbers: NumberAtTwilio[] }>('PUT', 'numbers', { count: 60 })).numbers;
  });
  afterAll(() => app.stop());

  const post = (given: object): ReturnType<typeof app.api.post<EntryPointDto>> =>
    app.api.post('entry-points', { campaignId: campaign.id, name: 'Entry', language: 'en-US', ...given });
  /** On a number that no test has used yet. */
  const create = async (given: object = {}): Promise<EntryPointDto> => {
    const { sid: phoneNumberSid, phoneNumber } = free.shift()!;
    return expectStatus(await post({ name: `On ${phoneNumber}`, phoneNumberSid, ...given }), 201);
  };

  test('a new one is active, on its number, with a webhook URL that nobody can guess', async () => {
    const { sid: phoneNumberSid, phoneNumber } = free.shift()!;
    const entryPoint = expectStatus(await post({ name: ' Support EN ', language: 'EN-us', phoneNumberSid }), 201);
    expect(entryPoint).toEqual({
      id: expect.any(String),
      campaignId: campaign.id,
      name: 'Support EN',
      language: 'en-US',
      state: 'active',
      enabled: true,
      phoneNumberSid,
      phoneNumber,
      mms: true,
      webhookUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/webhooks\/twilio\/sms\/[a-z0-9]{32}$/),
      webhook: { state: 'unknown', checkedAt: null },
      greeting: null,
      greetingSegments: null,
      autoCloseHours: 24,
      reopenMinutes: 0,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await app.api.get(`entry-points/${entryPoint.id}`)).body).toEqual(entryPoint);
    expect((await create()).webhookUrl).not.toBe(entryPoint.webhookUrl);
  });

  test('a name of 80 characters is taken, and one may begin disabled', async () => {
    const name = 'é'.repeat(80);
    expect(await create({ name, state: 'disabled' })).toMatchObject({ name, state: 'disabled', enabled: false });
  });

  test.each([
    ['no campaign', { campaignId: undefined }, 'campaignId'],
    ['a campaign that does not exist', { campaignId: '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11' }, 'campaignId'],
    ['no name', { name: undefined }, 'name'],
    ['a name of blanks', { name: ' \t ' }, 'name'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'name'],
    ['no language', { language: undefined }, 'language'],
    ["a language that is not the campaign's", { language: 'it' }, 'language'],
    ['a language nobody knows', { language: 'xx' }, 'language'],
    ['a state that does not exist', { state: 'paused' }, 'state'],
    ['a state of null', { state: null }, 'state'],
    ['no number', { phoneNumberSid: undefined }, 'phoneNumberSid'],
    ['a number in place of its SID', { phoneNumberSid: '+15005550006' }, 'phoneNumberSid'],
    ["a webhook URL of one's own", { webhookUrl: 'https://example.com' }, 'webhookUrl'],
  ])('%s is refused by name', async (_, change, field) => {
    const answer = await post({ phoneNumberSid: free[0]!.sid, ...change });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test('a name is taken in its campaign whatever its case, and free in every other', async () => {
    await create({ name: 'Reception' });
    const { sid: phoneNumberSid } = free.shift()!;
    const problem = problemOf(await post({ name: 'reCEPTION', phoneNumberSid }));
    expect(problem).toMatchObject({ status: 409, errorCode: 'entry_point_name_taken' });
    const { id: campaignId } = await buildCampaign(app);
    expect((await post({ name: 'reCEPTION', phoneNumberSid, campaignId })).status).toBe(201);
  });

  test('a number has one entry point, and the answer names it', async () => {
    const { id, phoneNumberSid, phoneNumber } = await create({ name: 'First come' });
    const { id: campaignId } = await buildCampaign(app);
    const problem = problemOf(await post({ campaignId, phoneNumberSid }));
    expect(problem).toMatchObject({
      status: 409,
      errorCode: 'number_in_use',
      entryPoint: { id, name: 'First come' },
    });
    expect(problem.detail).toContain(`${phoneNumber} is used by the entry point "First come"`);
  });

  test('of ten that want the same number at once one gets it', async () => {
    const { sid: phoneNumberSid } = free.shift()!;
    const wishes = Array.from({ length: 10 }, (_, n) => post({ name: `Wish ${n}`, phoneNumberSid }));
    const answers = await Promise.all(wishes);
    const losers = answers.filter(({ status }) => status !== 201);
    expect(losers.map((answer) => problemOf(answer).errorCode)).toEqual(Array(9).fill('number_in_use'));
  });

  test.each([
    [{ name: 'Renamed' }, { name: 'Renamed' }],
    [{ language: 'PT-br' }, { language: 'pt-BR' }],
    [{ state: 'disabled' }, { state: 'disabled', enabled: false }],
    [{}, {}],
  ])('the change %j touches nothing else', async (change, expected) => {
    const before = await create({ name: `Before ${JSON.stringify(change)}` });
    const after = expectStatus(await app.api.patch<EntryPointDto>(`entry-points/${before.id}`, change), 200);
    expect(after).toEqual({ ...before, ...expected, version: 2, updatedAt: after.updatedAt });
    expect((await app.api.get(`entry-points/${before.id}`)).body).toEqual(after);
  });

  test('on another number it keeps its webhook URL, and the number before is free', async () => {
    const before = await create();
    expectStatus(await app.api.post(`entry-points/${before.id}/webhook`), 200);
    const { sid: phoneNumberSid, phoneNumber } = free.shift()!;
    const { body: after } = await app.api.patch<EntryPointDto>(`entry-points/${before.id}`, { phoneNumberSid });
    expect(after).toMatchObject({
      phoneNumberSid,
      phoneNumber,
      webhookUrl: before.webhookUrl,
      webhook: { state: 'unknown', checkedAt: null },
    });
    expect((await post({ name: 'Heir', phoneNumberSid: before.phoneNumberSid })).status).toBe(201);
  });

  test.each([
    ["a language that is not the campaign's", () => ({ language: 'it' }), 422, 'language_not_in_campaign'],
    ['a name of null', () => ({ name: null }), 422, 'validation_failed'],
    ['another campaign', () => ({ campaignId: campaign.id }), 422, 'validation_failed'],
    ['the name of another', async () => ({ name: (await create()).name.toUpperCase() }), 409, 'entry_point_name_taken'],
    ['the number of another', async () => ({ phoneNumberSid: (await create()).phoneNumberSid }), 409, 'number_in_use'],
    ['a number without SMS', async () => pickSid(await twilio.getNumber('+442079460000')), 422, 'number_unusable'],
  ])('a change to %s is refused as a whole', async (_, change, status, errorCode) => {
    const before = await create();
    const answer = await app.api.patch(`entry-points/${before.id}`, { state: 'disabled', ...(await change()) });
    expect(problemOf(answer)).toMatchObject({ status, errorCode });
    expect((await app.api.get(`entry-points/${before.id}`)).body).toEqual(before);
  });

  test('deleting keeps its contacts, and frees its number and its name', async () => {
    const entryPoint = await buildEntryPoint(app, { campaignId: campaign.id, name: 'To delete' });
    const contact = await textAndWait(app, { from: '+15005550102' });
    expectStatus(await app.api.delete(`entry-points/${entryPoint.id}`), 204);

    const path = `entry-points/${entryPoint.id}`;
    const answers = [
      await app.api.get(path),
      await app.api.patch(path, { name: 'Zombie' }),
      await app.api.delete(path),
    ];
    expect(answers.map((answer) => problemOf(answer).status)).toEqual([404, 404, 404]);
    const { body: kept } = await app.api.get<ContactPageDto>(`contacts?entryPointId=${entryPoint.id}`);
    expect(kept.data).toEqual([contact]);
    const { body: heir } = await post({ name: 'To delete', phoneNumberSid: entryPoint.phoneNumberSid });
    expect(heir).toMatchObject({ name: 'To delete', phoneNumber: entryPoint.phoneNumber });
    expect(heir.webhookUrl).not.toBe(entryPoint.webhookUrl);
  });

  describe('the list', () => {
    let made: EntryPointDto[];

    beforeAll(async () => {
      const { id: campaignId } = await buildCampaign(app, { name: 'Listed' });
      made = [];
      for (let n = 0; n < 12; n++) {
        const name = n % 4 === 0 ? `Desk 100% ${n}` : `Sales_${n}`;
        made.push(await create({ campaignId, name, state: n % 3 === 0 ? 'disabled' : 'active' }));
      }
    });

    test.each<[string, (entryPoint: EntryPointDto) => boolean]>([
      ['', () => true],
      ['&state=disabled', ({ state }) => state === 'disabled'],
      ['&q=DESK', ({ name }) => name.startsWith('Desk')],
      ['&q=100%25', ({ name }) => name.includes('100%')],
      ['&q=_1', ({ name }) => name.includes('_1')],
      ['&q=nobody', () => false],
    ])('narrowed by %j gives those and no other, newest first, each once over all pages', async (filter, isWanted) => {
      const path = `entry-points?limit=5&campaignId=${made[0]!.campaignId}${filter}`;
      const wanted = made.filter(isWanted).map(({ name }) => name);
      const pages = await readPages<EntryPointDto>(app.api, path);
      expect(pages.flat().map(({ name }) => name)).toEqual(wanted.toReversed());
    });

    test('is searched by number too', async () => {
      const { phoneNumber } = made[3]!;
      const { body } = await app.api.get<{ data: EntryPointDto[] }>(`entry-points?q=${phoneNumber.slice(1)}`);
      expect(body.data.map((each) => each.phoneNumber)).toEqual([phoneNumber]);
    });

    test.each([
      ['state', 'state=paused'],
      ['campaignId', 'campaignId=1'],
      ['cursor', 'cursor=x'],
      ['name', 'name=x'],
    ])('refuses a wrong %s by name', async (field, query) => {
      const answer = await app.api.get(`entry-points?${query}`);
      expect(answer.status).toBe(422);
      expect(fieldsOf(answer)).toEqual([field]);
    });

    test('refuses a NUL character', async () => {
      expect(problemOf(await app.api.get('entry-points?q=%00'))).toMatchObject({ errorCode: 'text_unstorable' });
    });
  });
});

const pickSid = ({ sid }: NumberAtTwilio): { phoneNumberSid: string } => ({ phoneNumberSid: sid });
