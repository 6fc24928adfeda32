import { describe, expect, test } from '@jest/globals';
import { buildCampaign, buildEntryPoint } from '../../test/builders.ts';
import { emptyForm, formOf, toCreate, toUpdate } from './entry-point-form.ts';

describe('A new entry point', () => {
  test('is in the campaign, where there is only one', () => {
    const only = buildCampaign({ id: 'only', defaultLanguage: 'it-IT' });
    expect(emptyForm([only])).toMatchObject({ campaignId: 'only', language: 'it-IT' });
  });

  test.each([[[]], [[buildCampaign({ id: 'a' }), buildCampaign({ id: 'b' })]]])(
    'needs somebody to choose the campaign among %#',
    (campaigns) => {
      expect(emptyForm(campaigns)).toMatchObject({ campaignId: '', language: '' });
    },
  );

  test.each([
    ['', null],
    [' \n', null],
    ['Hello ', 'Hello '],
  ])('with the greeting %j is sent with %j', (greeting, sent) => {
    expect(toCreate({ ...emptyForm([]), greeting }).greeting).toBe(sent);
  });
});

describe('A change', () => {
  const form = formOf(buildEntryPoint({ greeting: null, autoCloseHours: null, reopenMinutes: 5 }));

  test('holds only what was changed', () => {
    expect(toUpdate({ ...form, name: 'New' }, ['name'])).toEqual({ name: 'New' });
    expect(toUpdate(form, [])).toEqual({});
  });

  test('can take the greeting away, and closing by itself', () => {
    expect(toUpdate({ ...form, greeting: '' }, ['greeting', 'autoCloseHours'])).toEqual({
      greeting: null,
      autoCloseHours: null,
    });
  });
});
