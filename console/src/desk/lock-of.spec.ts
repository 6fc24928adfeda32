import { expect, test } from '@jest/globals';
import { buildContact } from '../../test/builders.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { type Lock, lockOf } from './lock-of.ts';

const MINE = { state: 'active', agentId: 'me' } as const;

test.each<[contact: Partial<ContactDto>, lock: Lock | null]>([
  [MINE, null],
  [{ ...MINE, ani: '15005550001' }, null],
  [{ ...MINE, agentId: 'you' }, 'another'],
  [{ ...MINE, agentId: null }, 'another'],
  [{ state: 'waiting' }, 'waiting'],
  [{ state: 'closed', agentId: 'me' }, 'closed'],
  [{ ...MINE, optedOut: true }, 'optedOut'],
  [{ ...MINE, ani: 'PIZZERIA' }, 'noNumber'],
  [{ ...MINE, ani: '' }, 'noNumber'],
  [{ ...MINE, ani: '+1500555000X' }, 'noNumber'],
  // Of several reasons the one that no agent can do anything about.
  [{ state: 'closed', optedOut: true, ani: 'PIZZERIA' }, 'closed'],
  [{ state: 'waiting', optedOut: true }, 'optedOut'],
  [{ state: 'waiting', ani: 'PIZZERIA' }, 'noNumber'],
  [{ state: 'active', agentId: 'you', optedOut: true }, 'optedOut'],
])('%j', (contact, lock) => {
  expect(lockOf(buildContact(contact), 'me')).toBe(lock);
});
