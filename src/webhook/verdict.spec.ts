import { describe, expect, test } from '@jest/globals';
import { decideVerdict } from './verdict.js';

describe('decideVerdict', () => {
  test.each([
    ['no entry point has the number', null, 'unrouted'],
    ['all on', { state: 'active', smsInboundEnabled: true }, 'accepted'],
    ['the entry point is off', { state: 'disabled', smsInboundEnabled: true }, 'entry_point_disabled'],
    ['the channel is off', { state: 'active', smsInboundEnabled: false }, 'channel_disabled'],
    ['both are off', { state: 'disabled', smsInboundEnabled: false }, 'entry_point_disabled'],
  ] as const)('%s', (_, destination, expected) => {
    expect(decideVerdict(destination)).toBe(expected);
  });
});
