import { describe, expect, test } from '@jest/globals';
import { decideVerdict } from './verdict.js';

const ON = { state: 'active', smsInboundEnabled: true } as const;
const POINT_OFF = { state: 'disabled', smsInboundEnabled: true } as const;
const CHANNEL_OFF = { state: 'active', smsInboundEnabled: false } as const;

const NOTHING = { isBlocked: false, isLoneStop: false };
const BLOCKED = { isBlocked: true, isLoneStop: false };
const LONE_STOP = { isBlocked: false, isLoneStop: true };
const BOTH = { isBlocked: true, isLoneStop: true };

describe('decideVerdict', () => {
  test.each([
    ['no entry point has the number', null, NOTHING, 'unrouted'],
    ['all on', ON, NOTHING, 'accepted'],
    ['the entry point is off', POINT_OFF, NOTHING, 'entry_point_disabled'],
    ['the channel is off', CHANNEL_OFF, NOTHING, 'channel_disabled'],
    ['both are off', { state: 'disabled', smsInboundEnabled: false }, NOTHING, 'entry_point_disabled'],
    ['the sender is blocked', ON, BLOCKED, 'blocked'],
    ['STOP without an open contact', ON, LONE_STOP, 'opted_out'],
    ['STOP of a blocked sender', ON, BOTH, 'blocked'],
    ['a blocked sender and no entry point', null, BOTH, 'unrouted'],
    ['a blocked sender and the entry point off', POINT_OFF, BOTH, 'entry_point_disabled'],
    ['a blocked sender and the channel off', CHANNEL_OFF, BOTH, 'channel_disabled'],
  ] as const)('%s', (_, destination, obstacles, expected) => {
    expect(decideVerdict(destination, obstacles)).toBe(expected);
  });
});
