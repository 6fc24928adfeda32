import { describe, expect, test } from '@jest/globals';
import { countSegments } from '../common/segments.js';
import type { OpeningHours } from './opening-hours.js';
import { describeNextOpening } from './opening-text.js';

const ON_MONDAYS: OpeningHours = {
  timeZone: 'Europe/Rome',
  weekly: [{ day: 'monday', opens: '09:00', closes: '18:00' }],
  exceptions: [],
};
const SUNDAY = '2026-11-22T12:00:00Z';
/** The campaign is open at this time, so its next opening is a week away. */
const MONDAY = '2026-11-23T10:00:00Z';

describe('describeNextOpening', () => {
  test.each([
    ['en-US', SUNDAY, 'Mon 09:00'],
    ['it', SUNDAY, 'lun 09:00'],
    ['pt-BR', SUNDAY, 'seg., 09:00'],
    ['ar', SUNDAY, 'الاثنين 09:00'],
    ['en-US', MONDAY, 'Mon, Nov 30, 09:00'],
    ['it', MONDAY, 'lun 30 nov, 09:00'],
    // In Rome it is already Monday.
    ['en-US', '2026-11-22T23:30:00Z', 'Mon 09:00'],
  ])('in %s on %s gives %s', (language, at, expected) => {
    expect(describeNextOpening(ON_MONDAYS, new Date(at), language)).toBe(expected);
  });

  test.each(['en-US', 'en-GB', 'fr', 'de', 'it', 'es-419', 'pt-BR', 'sv'])('in %s stays GSM-7', (language) => {
    for (const at of [SUNDAY, MONDAY]) {
      const text = describeNextOpening(ON_MONDAYS, new Date(at), language);
      expect({ text, ...countSegments(text) }).toMatchObject({ text, encoding: 'GSM-7' });
    }
  });

  test('gives - if there is no next opening', () => {
    expect(describeNextOpening(null, new Date(SUNDAY), 'en')).toBe('-');
    expect(describeNextOpening({ ...ON_MONDAYS, weekly: [] }, new Date(SUNDAY), 'en')).toBe('-');
  });
});
