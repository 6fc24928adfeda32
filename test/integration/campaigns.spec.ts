import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { readPages } from '../support/pages.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

describe('Campaigns', () => {
  let app: TestApp;
  let entryPoint: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    const used = await buildCampaign(app, { name: 'In use', languages: ['en-US', 'pt-BR', 'it'] });
    entryPoint = await buildEntryPoint(app, { campaignId: used.id, name: 'Vendas', language: 'pt-BR' });
  });
  afterAll(() => app.stop());

  const getEntryPoint = async (): Promise<EntryPointDto> =>
    expectStatus(await app.api.get<EntryPointDto>(`entry-points/${entryPoint.id}`), 200);

  test('languages come back in canonical form; the first is the default, and the channel is on', async () => {
    const body = { name: '  Support  ', languages: ['EN-us', 'zh-hant-tw', 'iw'] };
    const campaign = expectStatus(await app.api.post<CampaignDto>('campaigns', body), 201);
    expect(campaign).toMatchObject({
      name: 'Support',
      languages: ['en-US', 'zh-Hant-TW', 'he'],
      defaultLanguage: 'en-US',
      smsInboundEnabled: true,
    });
    expect((await app.api.get(`campaigns/${campaign.id}`)).body).toEqual(campaign);
  });

  test('the default may be written in any form, and the channel may begin switched off', async () => {
    const given = { languages: ['en-US', 'pt-BR'], defaultLanguage: 'PT-br', smsInboundEnabled: false };
    expect(await buildCampaign(app, given)).toMatchObject({ defaultLanguage: 'pt-BR', smsInboundEnabled: false });
  });

  test.each([
    ['no name', { name: undefined }, 'name'],
    ['a name of blanks', { name: '   ' }, 'name'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'name'],
    ['a name that is no text', { name: 7 }, 'name'],
    ['no languages', { languages: [] }, 'languages'],
    ['languages that are no list', { languages: 'en' }, 'languages'],
    ['a tag nobody knows', { languages: ['en', 'xx'] }, 'languages'],
    ['an ill-formed tag', { languages: ['en_US'] }, 'languages'],
    ['one language in two spellings', { languages: ['en-US', 'EN-us'] }, 'languages'],
    ['101 languages', { languages: Array.from({ length: 101 }, (_, n) => `en-x-v${n}`) }, 'languages'],
    ['a default that is not among the languages', { defaultLanguage: 'it' }, 'defaultLanguage'],
    ['a default of null', { defaultLanguage: null }, 'defaultLanguage'],
    ['a switch that is no boolean', { smsInboundEnabled: 'yes' }, 'smsInboundEnabled'],
    ['a switch of null', { smsInboundEnabled: null }, 'smsInboundEnabled'],
    ['a field that does not exist', { language: 'en' }, 'language'],
  ])('%s is refused by name', async (_, change, field) => {
    const answer = await app.api.post('campaigns', { name: 'Wrong', languages: ['en', 'pt'], ...change });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test('a NUL character, which no text can store, is refused', async () => {
    const answer = await app.api.post('campaigns', { name: 'A\u0000B', languages: ['en'] });
    expect(problemOf(answer)).toMatchObject({ status: 422, errorCode: 'text_unstorable' });
  });

  test('a name is taken whatever its case, in its own account only', async () => {
    await buildCampaign(app, { name: 'Billing' });
    const body = { name: 'BILLING', languages: ['en'] };
    const problem = problemOf(await app.api.post('campaigns', body));
    expect(problem).toMatchObject({ status: 409, errorCode: 'campaign_name_taken' });
    expect(problem.detail).toContain('"BILLING"');
    expect((await (await buildAccount(app)).api.post('campaigns', body)).status).toBe(201);
  });

  test('a change touches what it names and nothing else', async () => {
    const before = await buildCampaign(app, { languages: ['en-US', 'pt-BR'] });
    const renamed = await app.api.patch<CampaignDto>(`campaigns/${before.id}`, { name: 'Renamed' });
    expect(renamed.body).toEqual({ ...before, name: 'Renamed', version: 2, updatedAt: expect.any(String) });
    const { body } = await app.api.patch(`campaigns/${before.id}`, {
      languages: ['pt-br', 'IT'],
      defaultLanguage: 'it',
    });
    expect(body).toMatchObject({ name: 'Renamed', languages: ['pt-BR', 'it'], defaultLanguage: 'it' });
  });

  test.each([
    ['taking away the default language', { languages: ['pt-BR'] }, 'defaultLanguage'],
    ['a default that is not among the languages', { defaultLanguage: 'it' }, 'defaultLanguage'],
    ['a name of null', { name: null }, 'name'],
    ['languages of null', { languages: null }, 'languages'],
    ['a field that does not exist', { id: 'mine' }, 'id'],
  ])('%s changes nothing and is refused by name', async (_, change, field) => {
    const before = await buildCampaign(app, { languages: ['en-US', 'pt-BR'] });
    const answer = await app.api.patch(`campaigns/${before.id}`, { smsInboundEnabled: false, ...change });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
    expect((await app.api.get(`campaigns/${before.id}`)).body).toEqual(before);
  });

  test('a language that an entry point uses cannot go, and the answer names who uses it', async () => {
    const path = `campaigns/${entryPoint.campaignId}`;
    const problem = problemOf(await app.api.patch(path, { languages: ['en-US'], smsInboundEnabled: false }));
    expect(problem).toMatchObject({
      status: 409,
      errorCode: 'language_in_use',
      entryPoints: [{ id: entryPoint.id, name: 'Vendas', language: 'pt-BR' }],
    });
    expect(problem.detail).toContain('"Vendas" (pt-BR)');
    expect((await app.api.get(path)).body).toMatchObject({ smsInboundEnabled: true });
    expect((await app.api.patch(path, { languages: ['en-US', 'pt-BR'] })).body).toMatchObject({
      languages: ['en-US', 'pt-BR'],
    });
  });

  test.each(['active', 'disabled'])(
    'the channel off disables an entry point whose state is %s, and leaves that alone',
    async (state) => {
      await app.api.patch(`entry-points/${entryPoint.id}`, { state });
      const path = `campaigns/${entryPoint.campaignId}`;
      expectStatus(await app.api.patch(path, { smsInboundEnabled: false }), 200);
      expect(await getEntryPoint()).toMatchObject({ state, enabled: false });
      expectStatus(await app.api.patch(path, { smsInboundEnabled: true }), 200);
      expect(await getEntryPoint()).toMatchObject({ state, enabled: state === 'active' });
    },
  );

  test('a campaign without entry points can go, one that has or had one cannot', async () => {
    const unused = await buildCampaign(app);
    expectStatus(await app.api.delete(`campaigns/${unused.id}`), 204);
    expect((await app.api.get(`campaigns/${unused.id}`)).status).toBe(404);
    const deleteUsed = (): ReturnType<typeof app.api.delete> => app.api.delete(`campaigns/${entryPoint.campaignId}`);
    expect(problemOf(await deleteUsed())).toMatchObject({ status: 409, errorCode: 'campaign_in_use' });
    expectStatus(await app.api.delete(`entry-points/${entryPoint.id}`), 204);
    expect(problemOf(await deleteUsed())).toMatchObject({ status: 409, errorCode: 'campaign_in_use' });
  });

  test('pages of 120 campaigns give each exactly once, newest first, whatever is made meanwhile', async () => {
    const { id: accountId, api } = await buildAccount(app);
    await app.dataSource.query(
      `INSERT INTO campaigns (id, account_id, name, languages, default_language)
       SELECT uuidv7(interval '1 second' * n), $1, 'Campaign ' || n, '{en}', 'en' FROM generate_series(1, 120) AS n`,
      [accountId],
    );
    const names = Array.from({ length: 120 }, (_, n) => `Campaign ${120 - n}`);
    const pages = await readPages<CampaignDto>(api, 'campaigns?limit=50');
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(pages.flat().map(({ name }) => name)).toEqual(names);
    expect((await readPages<CampaignDto>(api, 'campaigns?limit=100')).map((page) => page.length)).toEqual([100, 20]);

    const first = await api.get<{ nextCursor: string }>('campaigns?limit=100');
    expectStatus(await api.post('campaigns', { name: 'Made meanwhile', languages: ['en'] }), 201);
    const second = await api.get<{ data: CampaignDto[] }>(`campaigns?limit=100&cursor=${first.body.nextCursor}`);
    expect(second.body.data.map(({ name }) => name)).not.toContain('Campaign 21');
  });

  test.each([
    ['cursor', 'cursor=nonsense'],
    ['cursor', `cursor=${Buffer.from('12').toString('base64url')}`],
    ['cursor', `cursor=${'a'.repeat(201)}`],
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=ten'],
    ['page', 'page=2'],
  ])('a list refuses a wrong %s by name: %s', async (field, query) => {
    const answer = await app.api.get(`campaigns?${query}`);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test.each([
    ['malformed JSON', '{"name":', 'application/json', 400],
    ['what is not JSON', '<name>Support</name>', 'application/xml', 415],
    ['more than 1 MiB', JSON.stringify({ name: 'x'.repeat(1024 * 1024) }), 'application/json', 413],
  ])('%s is refused with a problem', async (_, body, contentType, status) => {
    const answer = await fetch(`${app.url}/api/v1/campaigns`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${app.api.key}`, 'Content-Type': contentType },
      body,
    });
    const { headers } = answer;
    expect(answer.status).toBe(status);
    expect(problemOf({ status, headers, body: await answer.json() }).traceId).toEqual(expect.any(String));
  });
});
