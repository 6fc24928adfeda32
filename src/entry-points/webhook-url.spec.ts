import { describe, expect, test } from '@jest/globals';
import { findReasonUnreachable, makeWebhookKey } from './webhook-url.js';

describe('makeWebhookKey', () => {
  test('makes 32 lower-case letters and digits, never twice the same', () => {
    const keys = Array.from({ length: 1_000 }, () => makeWebhookKey());
    for (const key of keys) expect(key).toMatch(/^[a-z0-9]{32}$/);
    expect(new Set(keys).size).toBe(1_000);
  });
});

describe('findReasonUnreachable', () => {
  test.each([
    ['https://sms.example.com', undefined, null],
    ['http://sms.example.com', undefined, 'not_https'],
    ['http://127.0.0.1:3000', undefined, 'own_machine'],
    ['https://localhost', undefined, 'own_machine'],
    ['https://[::1]:8443', undefined, 'own_machine'],
    ['http://127.0.0.1:3000', 'https://api.dublin.ie1.twilio.com', 'own_machine'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:4010', null],
  ])('%s with the API at %s', (publicUrl, apiBaseUrl, expected) => {
    expect(findReasonUnreachable(publicUrl, apiBaseUrl)).toBe(expected);
  });
});
