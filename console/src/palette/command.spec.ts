import { expect, test } from '@jest/globals';
import { type Command, matching } from './command.ts';

const command = (label: string, description?: string): Command => ({
  id: label,
  label,
  ...(description !== undefined && { description }),
  icon: null,
  run: () => undefined,
});

const COMMANDS = [
  command('Entry points'),
  command('New entry point'),
  command('italiano', 'Language'),
  command('Desk'),
];

test.each<[typed: string, labels: string[]]>([
  ['', ['Entry points', 'New entry point', 'italiano', 'Desk']],
  ['DESK', ['Desk']],
  // Each word, in any order, also the beginning of one.
  ['point entry', ['Entry points', 'New entry point']],
  ['new  ent', ['New entry point']],
  ['entry points', ['Entry points']],
  ['language', ['italiano']],
  ['lang ita', ['italiano']],
  ['desk language', []],
])('"%s"', (typed, labels) => {
  expect(matching(COMMANDS, typed).map(({ label }) => label)).toEqual(labels);
});
