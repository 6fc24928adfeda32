import { describe, expect, test } from '@jest/globals';
import { fillIn, findUnknownPlaceholder, type NoticeValues, sampleValues } from './notice-template.ts';

const VALUES: NoticeValues = {
  entryPoint: 'Front desk',
  campaign: 'Support',
  number: '+15005550100',
  customer: '+15005550001',
  opensAt: 'Thu, 24 Sep, 09:00',
};

describe('What the customer reads, and what in it stands for nothing', () => {
  test.each<[template: string, text: string, unknown: string | null]>([
    ['', '', null],
    ['We are closed.', 'We are closed.', null],
    ['{campaign}: we open {opensAt}.', 'Support: we open Thu, 24 Sep, 09:00.', null],
    ['{number}{number}', '+15005550100+15005550100', null],
    ['{when}', '{when}', '{when}'],
    ['{Campaign}', '{Campaign}', '{Campaign}'],
    ['{campaign} {who}', 'Support {who}', '{who}'],
    ['{toString}', '{toString}', '{toString}'],
    // A brace that begins nothing.
    ['{', '{', '{'],
    ['{}', '{}', '{'],
    ['{ campaign }', '{ campaign }', '{'],
    ['{campaign', '{campaign', '{'],
    ['campaign}', 'campaign}', null],
    // Two braces are one, and what follows is no placeholder any more.
    ['{{', '{', null],
    ['{{campaign}', '{campaign}', null],
    ['{{{campaign}', '{Support', null],
    ['{{{{', '{{', null],
    ['{{}}', '{}}', null],
  ])('%j', (template, text, unknown) => {
    expect(fillIn(template, VALUES)).toBe(text);
    expect(findUnknownPlaceholder(template)).toBe(unknown);
  });

  test('What is filled in is not read as a template again', () => {
    expect(fillIn('{entryPoint}', { ...VALUES, entryPoint: '{campaign} $& {{' })).toBe('{campaign} $& {{');
  });
});

describe('Stand-ins for what is known only later', () => {
  const known = { entryPoint: 'Front desk', campaign: 'Support' };

  test('are as long as it may become', () => {
    const { number, customer } = sampleValues({ ...known, language: 'en-US' });
    expect(number).toMatch(/^\+\d{15}$/);
    expect(customer).toMatch(/^\+\d{15}$/);
    expect(sampleValues({ ...known, language: 'en-US', number: '12345' }).number).toBe('12345');
  });

  test.each([
    ['en-US', 'Wed, Sep 23, 09:00'],
    ['it-IT', 'mer 23 set, 09:00'],
    ['de-DE', 'Mi., 23. Sept., 09:00'],
  ])('say in %s when it opens: %s', (language, opensAt) => {
    expect(sampleValues({ ...known, language }).opensAt).toBe(opensAt);
  });

  test.each(['en-US', 'fr-FR', 'ar-EG', 'he-IL', 'fa-IR', 'bg-BG', ''])(
    'have no blank or mark in %j that would make the whole text UCS-2',
    (language) => {
      expect(sampleValues({ ...known, language }).opensAt).not.toMatch(/[\u00a0\u202f\u200e\u200f\u061c]/);
    },
  );
});
