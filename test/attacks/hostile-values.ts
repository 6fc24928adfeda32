import type { Random } from './random.ts';

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value };
  return value;
};

/** JSON values that fields do not expect. */
const VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '0',
  '-1',
  'true',
  'null',
  'x'.repeat(300),
  'x'.repeat(20_000),
  '\0',
  'a\0b',
  '\ud800',
  'a\udfffb',
  '\u202eabc',
  'e\u0301'.repeat(50),
  '👩‍👩‍👧‍👦'.repeat(30),
  '\r\nX-Injected: 1',
  "' OR 1=1 --",
  "'; SELECT pg_sleep(9); --",
  '%',
  '\\',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '+15005550101',
  '+' + '1'.repeat(80),
  '0000-00-00',
  '2026-02-30T25:61:61Z',
  '9999-12-31T23:59:59.999Z',
  '-271821-04-20T00:00:00Z',
  '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11',
  '00000000-0000-0000-0000-000000000000',
  'http://169.254.169.254/',
  'javascript:alert(1)',
  'en-US',
  'xx-invalid-language-tag-that-is-long',
  [],
  [null],
  [[]],
  ['x', 'x'],
  [{}],
  Array.from({ length: 1_000 }, (_, i) => String(i)),
  {},
  { a: 1 },
  { length: 1e9 },
  { toString: 1, valueOf: 1 },
  deep(30),
  deep(500),
];

export const hostileValue = (random: Random): unknown => random.pick(VALUES);

/** Bodies that are not JSON, or not a plain object. */
const BODIES = [
  '',
  ' ',
  'null',
  '[]',
  '"text"',
  '1',
  'true',
  '{',
  '{}}',
  '{"a":}',
  "{'a':1}",
  '{"a":1e999}',
  '{"a":1,"a":2}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '\ufeff{}',
  '\0',
  '"\\ud800"',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
];

export const hostileBody = (random: Random): string => random.pick(BODIES);

const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json; charset=utf-16',
  'application/xml',
  'image/svg+xml',
  '*/*',
  '',
];

export const hostileType = (random: Random): string => random.pick(TYPES);

/** A hostile value for a query or a path, encoded or broken. */
export function hostileText(random: Random): string {
  if (random.below(8) === 0)
    return random.pick(['%', '%zz', '%ff', '%00', '%ED%A0%80', '%2F', '%2e%2e', '..%2f..', '+']);
  const value = hostileValue(random);
  const text = typeof value === 'string' ? value.slice(0, 2_000) : JSON.stringify(value).slice(0, 200);
  return encodeURIComponent(text.toWellFormed());
}
