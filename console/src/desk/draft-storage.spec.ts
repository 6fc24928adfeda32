import { expect, test } from '@jest/globals';
import { MemoryStorage } from '../../test/memory-storage.ts';
import { draftsIn } from './draft-storage.ts';

test('Each agent has one draft to each contact', () => {
  const drafts = draftsIn(new MemoryStorage());
  drafts.keep('ann', 'contact-1', 'Dear customer');
  drafts.keep('ann', 'contact-2', ' ');
  drafts.keep('bob', 'contact-1', 'Hi');
  expect(drafts.read('ann', 'contact-1')).toBe('Dear customer');
  expect(drafts.read('ann', 'contact-2')).toBe(' ');
  expect(drafts.read('bob', 'contact-1')).toBe('Hi');
  expect(drafts.read('bob', 'contact-2')).toBe('');
});

test('A draft outlives the page, and an empty one leaves nothing behind', () => {
  const storage = new MemoryStorage();
  draftsIn(storage).keep('ann', 'contact-1', 'Dear');
  expect(draftsIn(storage).read('ann', 'contact-1')).toBe('Dear');
  draftsIn(storage).keep('ann', 'contact-1', '');
  expect(draftsIn(storage).read('ann', 'contact-1')).toBe('');
  expect(storage.size).toBe(0);
});
