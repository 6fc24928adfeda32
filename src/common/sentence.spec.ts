import { expect, test } from '@jest/globals';
import { fillIn, type Params } from './sentence.js';

test.each<[string, Params, string]>([
  ['"{{name}}" has {{count}} SMS', { name: 'Support', count: 1_200 }, '"Support" has 1,200 SMS'],
  ['{{name}} and {{name}}', { name: 'Ada' }, 'Ada and Ada'],
  ['{{name}}', { name: '{{count}}', count: 1 }, '{{count}}'],
  ['{{toString}} {{name}}', { name: 'Ada' }, '{{toString}} Ada'],
])('%s', (sentence, params, expected) => expect(fillIn(sentence, params)).toBe(expected));
