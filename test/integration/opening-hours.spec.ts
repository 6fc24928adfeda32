import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import { DAYS } from '../../src/campaigns/opening-hours.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildCampaign, expectStatus } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';

const always = DAYS.map((day) => ({ day, opens: '00:00', closes: '24:00' }));
const HOURS = {
  timeZone: 'Europe/Rome',
  weekly: [
    { day: 'monday', opens: '09:00', closes: '12:30' },
    { day: 'monday', opens: '12:30', closes: '18:00' },
    { day: 'saturday', opens: '22:00', closes: '02:00' },
  ],
  exceptions: [
    { date: '2026-12-24', hours: [{ opens: '09:00', closes: '12:00' }], note: 'Half a day' },
    { date: '2026-12-25', hours: [] },
  ],
};
const NO_WORDS = { stopWords: [], startWords: [], helpWords: [] };

const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('Opening hours and words of a campaign', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const patch = (id: string, changes: object): ReturnType<typeof app.api.patch<CampaignDto>> =>
    app.api.patch(`campaigns/${id}`, changes);
  const change = async (id: string, changes: object): Promise<CampaignDto> =>
    expectStatus(await patch(id, changes), 200);
  const get = async (id: string): Promise<CampaignDto> =>
    expectStatus(await app.api.get<CampaignDto>(`campaigns/${id}`), 200);
  const readRow = async (id: string): Promise<{ opening_hours: unknown; language_settings: unknown }> =>
    (await app.dataSource.query('SELECT opening_hours, language_settings FROM campaigns WHERE id = $1', [id]))[0];

  test('a campaign without hours is always open, and says nothing in any language', async () => {
    const campaign = await buildCampaign(app);
    expect(campaign).toMatchObject({ openingHours: null, isOpen: true, opensAt: null, languageSettings: [] });
    expect(await readRow(campaign.id)).toEqual({ opening_hours: null, language_settings: [] });
  });

  test('hours are kept as they were given, replaced as a whole, and gone with null', async () => {
    const { id } = await buildCampaign(app, { openingHours: HOURS } as never);
    expect(await get(id)).toMatchObject({ openingHours: HOURS });
    expect((await readRow(id)).opening_hours).toEqual(HOURS);

    const other = { timeZone: 'Asia/Kathmandu', weekly: always };
    expect((await change(id, { openingHours: other })).openingHours).toEqual({ ...other, exceptions: [] });
    expect((await change(id, { name: 'Untouched hours' })).openingHours).toEqual({ ...other, exceptions: [] });
    expect(await change(id, { openingHours: null })).toMatchObject({ openingHours: null, isOpen: true, opensAt: null });
    expect((await readRow(id)).opening_hours).toBeNull();
  });

  test('it says whether it is open now, and when it opens next', async () => {
    const date = dayFromNow(3);
    const hours = { timeZone: 'UTC', weekly: [], exceptions: [{ date, hours: [{ opens: '09:30', closes: '10:00' }] }] };
    const campaign = await buildCampaign(app, { openingHours: hours });
    expect(campaign).toMatchObject({ isOpen: false, opensAt: `${date}T09:30:00.000Z` });
    const { body: page } = await app.api.get<{ data: CampaignDto[] }>('campaigns?limit=1');
    expect(page.data).toEqual([campaign]);

    expect(await change(campaign.id, { openingHours: { timeZone: 'UTC', weekly: always } })).toMatchObject({
      isOpen: true,
      opensAt: null,
    });
    expect(await change(campaign.id, { openingHours: { timeZone: 'UTC', weekly: [] } })).toMatchObject({
      isOpen: false,
      opensAt: null,
    });
  });

  test('70 ranges a week and 366 dates are taken', async () => {
    const weekly = DAYS.flatMap((day) =>
      Array.from({ length: 10 }, (_, n) => ({ day, opens: `${10 + n}:00`, closes: `${10 + n}:30` })),
    );
    const exceptions = Array.from({ length: 366 }, (_, n) => ({ date: dayFromNow(n), hours: [] }));
    const openingHours = { timeZone: 'America/Sao_Paulo', weekly, exceptions };
    expect((await buildCampaign(app, { openingHours })).openingHours).toEqual(openingHours);
  });

  const range = (given: object = {}): object => ({ day: 'monday', opens: '09:00', closes: '18:00', ...given });
  const week = (...weekly: unknown[]): object => ({ ...HOURS, weekly });
  const exception = (given: object): object => ({
    ...HOURS,
    exceptions: [{ date: '2026-12-25', hours: [], ...given }],
  });
  const whole = 'must be { timeZone, weekly, exceptions }, or null for always open';
  const closes = 'must be a time from 00:00 to 24:00 and differ from opens; a whole day is 00:00 to 24:00';
  test.each<[string, string, unknown]>([
    ['', whole, 'always'],
    ['', whole, []],
    ['.timeZone', 'must be a time zone of the IANA database such as Europe/Rome', { ...HOURS, timeZone: undefined }],
    ['.timeZone', 'must be a time zone of the IANA database such as Europe/Rome', { ...HOURS, timeZone: 'Rome' }],
    ['.timeZone', 'must be a time zone of the IANA database such as Europe/Rome', { ...HOURS, timeZone: '+02:00' }],
    ['.zone', 'is not a field of this request', { ...HOURS, zone: 'UTC' }],
    ['.weekly', 'must be a list of { day, opens, closes }', { ...HOURS, weekly: undefined }],
    ['.weekly', 'must be a list of { day, opens, closes }', { ...HOURS, weekly: range() }],
    ['.weekly.0', 'must be { day, opens, closes }', week(null)],
    ['.weekly.0', 'must be { day, opens, closes }', week('monday')],
    ['.weekly', 'must be a list of { day, opens, closes }', week([])],
    ['.exceptions.0', 'must be { date, hours, note }', { ...HOURS, exceptions: [null] }],
    ['.exceptions.0.hours.0', 'must be { opens, closes }', exception({ hours: ['09:00'] })],
    ['.weekly', 'must not have more than 70 items', week(...Array.from({ length: 71 }, () => range()))],
    ['.weekly.0.day', `must be one of ${DAYS.join(', ')}`, week(range({ day: 'Monday' }))],
    ['.weekly.0.opens', 'must be a time from 00:00 to 23:59', week(range({ opens: '9:00' }))],
    ['.weekly.0.opens', 'must be a time from 00:00 to 23:59', week(range({ opens: '24:00' }))],
    ['.weekly.0.opens', 'must be a time from 00:00 to 23:59', week(range({ opens: 900 }))],
    ['.weekly.1.closes', closes, week(range(), range({ day: 'friday', closes: '24:01' }))],
    ['.weekly.0.closes', closes, week(range({ closes: '18:60' }))],
    ['.weekly.0.closes', closes, week(range({ closes: '09:00' }))],
    ['.weekly.0.until', 'is not a field of this request', week(range({ until: '18:00' }))],
    [
      '.weekly',
      'must not overlap: monday 09:00-18:00 and monday 17:59-20:00; merge them, or shorten one',
      week(range(), range({ opens: '17:59', closes: '20:00' })),
    ],
    [
      '.weekly',
      'must not overlap: monday 22:00-02:00 and monday 23:00-24:00; merge them, or shorten one',
      week(range({ opens: '22:00', closes: '02:00' }), range({ opens: '23:00', closes: '24:00' })),
    ],
    ['.exceptions', 'must be a list of { date, hours, note }; it may be left out', { ...HOURS, exceptions: null }],
    ['.exceptions.0.date', 'must be a date such as 2026-12-25', exception({ date: '2026-02-29' })],
    ['.exceptions.0.date', 'must be a date such as 2026-12-25', exception({ date: '25.12.2026' })],
    [
      '.exceptions.0.hours',
      'must be a list of { opens, closes }; use an empty list for closed',
      exception({ hours: undefined }),
    ],
    ['.exceptions.0.hours.0.closes', closes, exception({ hours: [{ opens: '09:00' }] })],
    ['.exceptions.0.note', 'must not be longer than 200 characters', exception({ note: 'x'.repeat(201) })],
    [
      '.exceptions.0.hours',
      'must not overlap: 09:00-12:00 and 10:00-11:00; merge them, or shorten one',
      exception({
        hours: [
          { opens: '09:00', closes: '12:00' },
          { opens: '10:00', closes: '11:00' },
        ],
      }),
    ],
    ['.exceptions', 'must name each date once', { ...HOURS, exceptions: [...HOURS.exceptions, HOURS.exceptions[0]] }],
    [
      '.exceptions',
      'must not have more than 366 items',
      { ...HOURS, exceptions: Array.from({ length: 367 }, (_, n) => ({ date: dayFromNow(n), hours: [] })) },
    ],
  ])('openingHours%s %s, or nothing changes', async (path, message, openingHours) => {
    const errors = [{ field: `openingHours${path}`, message }];
    expect(
      problemOf(await app.api.post('campaigns', { name: 'Wrong', languages: ['en'], openingHours })),
    ).toMatchObject({
      status: 422,
      errors,
    });
    const before = await buildCampaign(app);
    expect(problemOf(await patch(before.id, { name: 'Changed', openingHours }))).toMatchObject({ errors });
    expect(await get(before.id)).toEqual(before);
  });

  test('words and notices come back in the language’s canonical form, trimmed, with what the notice costs', async () => {
    const { id } = await buildCampaign(app, { languages: ['en-US', 'pt-BR'] });
    const { languageSettings } = await change(id, {
      languageSettings: [
        { language: 'PT-br', outOfHoursNotice: 'Até {opensAt} – {campaign}', stopWords: [' SAIR ', 'stop'] },
        { language: 'en-US' },
      ],
    });
    expect(languageSettings).toEqual([
      {
        language: 'pt-BR',
        outOfHoursNotice: 'Até {opensAt} – {campaign}',
        outOfHoursNoticeSegments: expect.objectContaining({
          encoding: 'UCS-2',
          unicodeCharacters: expect.arrayContaining([{ character: '–', codePoint: 'U+2013', replacement: '-' }]),
          plainBody: 'Até {opensAt} - {campaign}',
        }),
        ...NO_WORDS,
        stopWords: ['SAIR', 'stop'],
      },
      { language: 'en-US', outOfHoursNotice: null, outOfHoursNoticeSegments: null, ...NO_WORDS },
    ]);
    expect((await readRow(id)).language_settings).toEqual([
      { language: 'pt-BR', outOfHoursNotice: 'Até {opensAt} – {campaign}', ...NO_WORDS, stopWords: ['SAIR', 'stop'] },
      { language: 'en-US', outOfHoursNotice: null, ...NO_WORDS },
    ]);
    expect((await get(id)).languageSettings).toEqual(languageSettings);
    expect((await change(id, { languageSettings: [] })).languageSettings).toEqual([]);
  });

  test('a language that goes takes its settings along, unless the request says what they are to be', async () => {
    const settings = ['en', 'it'].map((language) => ({ language, outOfHoursNotice: language, ...NO_WORDS }));
    const { id } = await buildCampaign(app, { languages: ['en', 'it'], languageSettings: settings } as never);
    const noticesOf = ({ languageSettings }: CampaignDto): unknown =>
      languageSettings.map(({ language, outOfHoursNotice }) => [language, outOfHoursNotice]);

    const refused = problemOf(await patch(id, { languages: ['en'], languageSettings: settings }));
    expect(refused).toMatchObject({
      status: 422,
      errorCode: 'language_settings_invalid',
      errors: [{ field: 'languageSettings.1.language', message: "must be one of the campaign's languages: en" }],
    });
    expect(noticesOf(await get(id))).toEqual([
      ['en', 'en'],
      ['it', 'it'],
    ]);
    expect(noticesOf(await change(id, { languages: ['en', 'fr'] }))).toEqual([['en', 'en']]);
    const both = { languages: ['en', 'pt'], languageSettings: [{ language: 'pt', outOfHoursNotice: 'Tchau' }] };
    expect(noticesOf(await change(id, both))).toEqual([['pt', 'Tchau']]);
  });

  const settings = (given: object): unknown[] => [{ language: 'en', ...given }];
  const list = 'must be a list of words; it may be empty';
  test.each<[string, string, unknown]>([
    ['', 'must be a list of { language, outOfHoursNotice, stopWords, ... }', null],
    ['', 'must be a list of { language, outOfHoursNotice, stopWords, ... }', [[]]],
    ['.0', 'must be { language, outOfHoursNotice, stopWords, ... }', ['en']],
    ['.0', 'must be { language, outOfHoursNotice, stopWords, ... }', [null]],
    ['.0.language', 'must be a BCP 47 language tag such as en-US or pt-BR', [{}]],
    ['.0.language', "must be one of the campaign's languages: en, tr", settings({ language: 'fr' })],
    ['', 'must name each language once', [{ language: 'en' }, { language: 'EN' }]],
    ['.0.notice', 'is not a field of this request', settings({ notice: 'x' })],
    ['.0.outOfHoursNotice', 'must not be blank; use null for no notice', settings({ outOfHoursNotice: '' })],
    [
      '.0.outOfHoursNotice',
      'is 1,601 characters long; an SMS may have 1,600',
      settings({ outOfHoursNotice: 'x'.repeat(1_601) }),
    ],
    [
      '.0.outOfHoursNotice',
      'is up to 1,615 characters long; an SMS may have 1,600',
      settings({ outOfHoursNotice: `${'x'.repeat(1_599)}{number}` }),
    ],
    [
      '.0.outOfHoursNotice',
      'has the unknown placeholder {opens}; use {entryPoint}, {campaign}, {number}, {customer}, {opensAt}, or {{ for a brace',
      settings({ outOfHoursNotice: 'From {opens}' }),
    ],
    ['.0.stopWords', list, settings({ stopWords: 'STOP' })],
    ['.0.stopWords', list, settings({ stopWords: null })],
    ['.0.helpWords', list, settings({ helpWords: [7] })],
    ['.0.stopWords', 'must each be 1 to 40 characters long', settings({ stopWords: ['  '] })],
    ['.0.stopWords', 'must each be 1 to 40 characters long', settings({ stopWords: ['x'.repeat(41)] })],
    ['.0.stopWords', 'must not have more than 20 items', settings({ stopWords: Array.from({ length: 21 }, String) })],
    [
      '.0.stopWords',
      'has "BASTA" twice; upper and lower case do not differ',
      settings({ stopWords: ['Basta', 'BASTA '] }),
    ],
    [
      '.0.helpWords',
      'has "É", which is already one of the stopWords',
      settings({ stopWords: ['e\u0301'], helpWords: ['É'] }),
    ],
    [
      '.0.helpWords',
      'has "OK", which is already one of the startWords',
      settings({ startWords: ['ok'], helpWords: ['OK'] }),
    ],
    ['.0.startWords', `has "Stop", which is one of Twilio's own stopWords`, settings({ startWords: ['Stop'] })],
    ['.0.stopWords', `has "yes", which is one of Twilio's own startWords`, settings({ stopWords: ['yes'] })],
    ['.0.startWords', `has "INFO", which is one of Twilio's own helpWords`, settings({ startWords: ['INFO'] })],
    [
      '.0.stopWords',
      'has "İPTAL" twice; upper and lower case do not differ',
      settings({ language: 'tr', stopWords: ['iptal', 'İPTAL'] }),
    ],
  ])('languageSettings%s %s, or nothing changes', async (path, message, languageSettings) => {
    const before = await buildCampaign(app, { languages: ['en', 'tr'] });
    const problem = problemOf(await patch(before.id, { name: 'Changed', languageSettings }));
    expect(problem).toMatchObject({ status: 422, errors: [{ field: `languageSettings${path}`, message }] });
    expect(await get(before.id)).toEqual(before);
    const body = { name: 'Wrong', languages: ['en', 'tr'], languageSettings };
    expect(problemOf(await app.api.post('campaigns', body)).errors).toEqual(problem.errors);
  });

  test('texts that cannot be stored are kept, made visible', async () => {
    const { languageSettings, openingHours } = await buildCampaign(app, {
      languages: ['en'],
      languageSettings: settings({ outOfHoursNotice: 'a\0\ud800', stopWords: ['b\0'] }),
      openingHours: exception({ note: 'c\ud800' }),
    } as never);
    expect(languageSettings).toMatchObject([{ outOfHoursNotice: 'a␀\ufffd', stopWords: ['b␀'] }]);
    expect(openingHours?.exceptions).toMatchObject([{ note: 'c\ufffd' }]);
  });

  test('another account changes nothing of it', async () => {
    const campaign = await buildCampaign(app, { openingHours: HOURS } as never);
    const { api } = await buildAccount(app);
    expect((await api.patch(`campaigns/${campaign.id}`, { openingHours: null })).status).toBe(404);
    expect((await get(campaign.id)).openingHours).toEqual(HOURS);
  });
});
