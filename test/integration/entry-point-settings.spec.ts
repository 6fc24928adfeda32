import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildCampaign, connectTelephony, expectStatus } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';
import { type NumberAtTwilio, TwilioConsole } from '../support/twilio-console.ts';

describe('The settings of an entry point', () => {
  let app: TestApp;
  let campaign: CampaignDto;
  let free: NumberAtTwilio[];

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    campaign = await buildCampaign(app, { name: 'Support', languages: ['en-US', 'pt-BR'] });
    free = (await new TwilioConsole(app).call<{ numbers: NumberAtTwilio[] }>('PUT', 'numbers', { count: 40 })).numbers;
  });
  afterAll(() => app.stop());

  const post = (given: object): ReturnType<typeof app.api.post<EntryPointDto>> =>
    app.api.post('entry-points', { campaignId: campaign.id, language: 'en-US', ...given });
  const create = async (given: object = {}): Promise<EntryPointDto> => {
    const { sid: phoneNumberSid, phoneNumber } = free.shift()!;
    return expectStatus(await post({ name: `On ${phoneNumber}`, phoneNumberSid, ...given }), 201);
  };
  const readRow = async (id: string): Promise<unknown> => {
    const columns = 'greeting, auto_close_hours, reopen_minutes';
    return (await app.dataSource.query(`SELECT ${columns} FROM entry_points WHERE id = $1`, [id]))[0];
  };

  test('a new one greets nobody, closes after a day of silence, and opens nothing again', async () => {
    const entryPoint = await create();
    expect(entryPoint).toMatchObject({ greeting: null, greetingSegments: null, autoCloseHours: 24, reopenMinutes: 0 });
    expect(await readRow(entryPoint.id)).toEqual({ greeting: null, auto_close_hours: 24, reopen_minutes: 0 });
  });

  test.each([
    ['the least', { greeting: '.', autoCloseHours: 1, reopenMinutes: 0 }],
    ['the most', { greeting: 'x'.repeat(1_600), autoCloseHours: 8_760, reopenMinutes: 10_080 }],
    ['no greeting and no closing', { greeting: null, autoCloseHours: null, reopenMinutes: 5 }],
  ])('%s is kept, from the start and by a change', async (_, settings) => {
    const [made, changed] = [await create(settings), await create({ greeting: 'Hi', autoCloseHours: 2 })];
    const after = expectStatus(await app.api.patch<EntryPointDto>(`entry-points/${changed.id}`, settings), 200);
    for (const entryPoint of [made, after]) {
      expect(entryPoint).toMatchObject(settings);
      expect((await app.api.get(`entry-points/${entryPoint.id}`)).body).toEqual(entryPoint);
      expect(await readRow(entryPoint.id)).toEqual({
        greeting: settings.greeting,
        auto_close_hours: settings.autoCloseHours,
        reopen_minutes: settings.reopenMinutes,
      });
    }
  });

  test.each([
    [{ greeting: 'Hi' }, { greeting: 'Hi', autoCloseHours: 3, reopenMinutes: 4 }],
    [{ autoCloseHours: null }, { greeting: 'Before', autoCloseHours: null, reopenMinutes: 4 }],
    [{ reopenMinutes: 9 }, { greeting: 'Before', autoCloseHours: 3, reopenMinutes: 9 }],
    [{ state: 'disabled' }, { greeting: 'Before', autoCloseHours: 3, reopenMinutes: 4, state: 'disabled' }],
  ])('the change %j leaves the other settings alone', async (change, expected) => {
    const { id } = await create({ greeting: 'Before', autoCloseHours: 3, reopenMinutes: 4 });
    expect(expectStatus(await app.api.patch(`entry-points/${id}`, change), 200)).toMatchObject(expected);
  });

  test('what a greeting costs is counted with the names and the number filled in', async () => {
    const { phoneNumber } = free[0]!;
    const entryPoint = await create({ name: 'Réception 👍', greeting: '{entryPoint} – {number} {{' });
    expect(entryPoint.greetingSegments).toEqual({
      encoding: 'UCS-2',
      segments: 1,
      characters: `Réception 👍 – ${phoneNumber} {`.length - 1,
      unicodeCharacters: [
        { character: '👍', codePoint: 'U+1F44D', replacement: null },
        { character: '–', codePoint: 'U+2013', replacement: '-' },
      ],
      plainBody: '{entryPoint} - {number} {{',
    });
    const { body } = await app.api.get<{ data: EntryPointDto[] }>(`entry-points?q=${encodeURIComponent(phoneNumber)}`);
    expect(body.data).toEqual([entryPoint]);
  });

  test('a date in a greeting does not make it dearer than its own words', async () => {
    const { greetingSegments } = await create({ greeting: 'Open again {opensAt}: {campaign}' });
    expect(greetingSegments).toMatchObject({ encoding: 'GSM-7', segments: 1, plainBody: null });
  });

  test('a greeting with what cannot be stored keeps it visible', async () => {
    expect(await create({ greeting: 'a\0\ud800b' })).toMatchObject({ greeting: 'a␀\ufffdb' });
  });

  const closing = 'must be a whole number of hours from 1 to 8760, or null for never';
  const opening = 'must be a whole number of minutes from 0 to 10080';
  test.each<[string, string, object]>([
    ['greeting', 'must not be blank; use null for no notice', { greeting: '' }],
    ['greeting', 'must be a string', { greeting: 7 }],
    ['greeting', 'is 1,734 characters long; an SMS may have 1,600', { greeting: 'x'.repeat(1_734) }],
    [
      'greeting',
      'has the unknown placeholder {customre}; use {entryPoint}, {campaign}, {number}, {customer}, {opensAt}, or {{ for a brace',
      { greeting: 'Hi {customre}' },
    ],
    [
      'greeting',
      'is up to 1,606 characters long; an SMS may have 1,600',
      { greeting: `${'x'.repeat(1_590)}{customer}` },
    ],
    ['autoCloseHours', closing, { autoCloseHours: 0 }],
    ['autoCloseHours', closing, { autoCloseHours: 8_761 }],
    ['autoCloseHours', closing, { autoCloseHours: 1.5 }],
    ['autoCloseHours', closing, { autoCloseHours: '24' }],
    ['reopenMinutes', opening, { reopenMinutes: -1 }],
    ['reopenMinutes', opening, { reopenMinutes: 10_081 }],
    ['reopenMinutes', opening, { reopenMinutes: null }],
  ])('%s %s, or nothing changes', async (field, message, wrong) => {
    const answer = await post({ name: 'Wrong', phoneNumberSid: free[0]!.sid, ...wrong });
    expect(problemOf(answer)).toMatchObject({ status: 422, errors: [{ field, message }] });

    const before = await create();
    const refused = await app.api.patch(`entry-points/${before.id}`, { name: 'Changed', ...wrong });
    expect(problemOf(refused)).toMatchObject({ status: 422, errors: [{ field, message }] });
    expect((await app.api.get(`entry-points/${before.id}`)).body).toEqual(before);
  });
});
