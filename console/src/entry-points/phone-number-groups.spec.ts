import { describe, expect, test } from '@jest/globals';
import { buildPhoneNumber } from '../../test/builders.ts';
import type { PhoneNumberDto } from '../api/generated/types.gen.ts';
import { canBeChosen, groupNumbers, type NumberGroup, groupOf } from './phone-number-groups.ts';

const NO_SMS = { sms: false, mms: false, voice: true };
const usedBy = (entryPointId: string, name = 'Front desk') => ({ entryPointId, name });

describe('Where a number belongs, and whether it can be chosen', () => {
  test.each<[number: Partial<PhoneNumberDto>, edited: string | undefined, group: NumberGroup, can: boolean]>([
    [{}, undefined, 'free', true],
    [{ smsUrl: 'https://elsewhere.example/sms' }, undefined, 'used_elsewhere', true],
    [{ smsApplicationSid: 'AP1' }, undefined, 'used_elsewhere', true],
    [{ inUseBy: usedBy('a') }, undefined, 'used_here', false],
    [{ inUseBy: usedBy('a') }, 'b', 'used_here', false],
    [{ inUseBy: usedBy('a') }, 'a', 'own', true],
    [{ inUseBy: usedBy('a'), smsUrl: 'https://ours.example/sms' }, 'a', 'own', true],
    [{ capabilities: NO_SMS }, undefined, 'no_sms', false],
    // It has lost SMS since it was chosen.
    [{ capabilities: NO_SMS, inUseBy: usedBy('a') }, 'a', 'no_sms', false],
  ])('%j, edited: %s', (given, edited, group, can) => {
    const found = groupOf(buildPhoneNumber(given), edited);
    expect(found).toBe(group);
    expect(canBeChosen(found)).toBe(can);
  });
});

const NUMBERS = [
  buildPhoneNumber({ phoneNumber: '+15005550111', friendlyName: 'Used', inUseBy: usedBy('other', 'Night shift') }),
  buildPhoneNumber({ phoneNumber: '+15005550112', friendlyName: 'Free one' }),
  buildPhoneNumber({ phoneNumber: '+15005550113', friendlyName: 'Voice', capabilities: NO_SMS }),
  buildPhoneNumber({ phoneNumber: '+15005550114', friendlyName: 'Foreign', smsUrl: 'https://crm.example/in' }),
  buildPhoneNumber({ phoneNumber: '+15005550115', friendlyName: 'Own', inUseBy: usedBy('edited') }),
  buildPhoneNumber({ phoneNumber: '+15005550116', friendlyName: 'Free two' }),
  buildPhoneNumber({ phoneNumber: '12345', friendlyName: 'Short code' }),
];

/** `free(2): Free one, Free two`, one for each heading. */
const shown = (text: string, edited?: string): string[] =>
  groupNumbers(NUMBERS, text, edited).reduce<string[]>((lines, row) => {
    if (row.kind === 'heading') return [...lines, `${row.group}(${row.count}):`];
    expect(row.group).toBe(lines.at(-1)!.split('(')[0]);
    return [...lines.slice(0, -1), `${lines.at(-1)} ${row.number.friendlyName}`];
  }, []);

test('Groups come in the order of how likely they are meant, and none is empty', () => {
  expect(shown('', 'edited')).toEqual([
    'own(1): Own',
    'free(3): Free one Free two Short code',
    'used_elsewhere(1): Foreign',
    'used_here(1): Used',
    'no_sms(1): Voice',
  ]);
  expect(shown('')).toEqual([
    'free(3): Free one Free two Short code',
    'used_elsewhere(1): Foreign',
    'used_here(2): Used Own',
    'no_sms(1): Voice',
  ]);
});

test.each<[text: string, found: string[]]>([
  ['  ', shown('')],
  ['FREE', ['free(2): Free one Free two']],
  ['night', ['used_here(1): Used']],
  ['crm.example', ['used_elsewhere(1): Foreign']],
  ['(500) 555-0116', ['free(1): Free two']],
  ['+1 500.555/0114', ['used_elsewhere(1): Foreign']],
  ['12345', ['free(1): Short code']],
  ['+12345', []],
  ['no such', []],
])('Looked for by "%s"', (text, found) => {
  expect(shown(text)).toEqual(found);
});
