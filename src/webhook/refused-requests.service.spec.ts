import { expect, test } from '@jest/globals';
import { RefusedRequestsService } from './refused-requests.service.js';

const MINUTE = 60_000;
const start = Date.parse('2026-11-24T10:31:20Z');

test('counts the last 15 minutes of each account by itself', () => {
  const refused = new RefusedRequestsService();
  refused.note('one', ['https://old.example.com'], start);
  refused.note('one', ['https://sms.example.com'], start + 10 * MINUTE);
  refused.note('one', ['https://sms.example.com'], start + 10 * MINUTE);
  refused.note('other', ['https://sms.example.com'], start);

  expect(refused.find('one', start + 14 * MINUTE)).toEqual({
    count: 3,
    since: new Date('2026-11-24T10:31:00Z'),
    addresses: ['https://sms.example.com'],
  });
  expect(refused.find('one', start + 15 * MINUTE)).toMatchObject({ count: 2, since: new Date('2026-11-24T10:41:00Z') });
  expect(refused.find('one', start + 25 * MINUTE)).toBeNull();
  expect(refused.find('nobody', start)).toBeNull();
});
