import { describe, expect, test } from '@jest/globals';
import { buildCampaign } from '../../test/builders.ts';
import { type CampaignForm, emptyForm, formOf, toCreate, toUpdate, withLanguages } from './campaign-form.ts';

const italian = { language: 'it-IT', outOfHoursNotice: 'Chiuso.', stopWords: ['BASTA'], startWords: [], helpWords: [] };
const empty = (language: string) => ({ language, outOfHoursNotice: '', stopWords: [], startWords: [], helpWords: [] });

const FORM: CampaignForm = {
  ...emptyForm(),
  name: 'Support',
  languages: ['en-US', 'it-IT'],
  defaultLanguage: 'it-IT',
  languageSettings: [empty('en-US'), italian],
};

test('A campaign has settings for each of its languages in the form, in the order of the languages', () => {
  const campaign = buildCampaign({
    languages: ['en-US', 'it-IT'],
    languageSettings: [{ ...italian, outOfHoursNotice: null, outOfHoursNoticeSegments: null }],
  });
  expect(formOf(campaign).languageSettings).toEqual([empty('en-US'), { ...italian, outOfHoursNotice: '' }]);
});

describe('Other languages are chosen', () => {
  test.each<[name: string, languages: string[], defaultLanguage: string, settings: object[]]>([
    ['one more', ['en-US', 'it-IT', 'de-DE'], 'it-IT', [empty('en-US'), italian, empty('de-DE')]],
    ['in another order', ['it-IT', 'en-US'], 'it-IT', [italian, empty('en-US')]],
    ['without the default one: the first takes its place', ['en-US'], 'en-US', [empty('en-US')]],
    ['none', [], '', []],
  ])('%s', (_name, languages, defaultLanguage, languageSettings) => {
    expect(withLanguages(FORM, languages)).toEqual({ languages, defaultLanguage, languageSettings });
  });

  test('The first language of a new campaign becomes the default one', () => {
    expect(withLanguages(emptyForm(), ['de-DE', 'fr-FR']).defaultLanguage).toBe('de-DE');
  });
});

test.each([
  ['', null],
  [' \n ', null],
  ['Chiuso.', 'Chiuso.'],
])('The notice %j is sent as %j', (outOfHoursNotice, sent) => {
  const form = { ...FORM, languageSettings: [{ ...italian, outOfHoursNotice }] };
  expect(toCreate(form).languageSettings).toEqual([{ ...italian, outOfHoursNotice: sent }]);
});

test('A change holds only what was changed', () => {
  expect(toUpdate({ ...FORM, name: 'Sales', openingHours: null }, ['name', 'openingHours'])).toEqual({
    name: 'Sales',
    openingHours: null,
  });
});
