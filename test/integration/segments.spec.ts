import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountedSegmentsDto } from '../../src/outbound-sms/segments.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { fieldsOf } from '../support/problems.ts';

describe('What a text costs', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const count = async (body: string): Promise<CountedSegmentsDto> =>
    expectStatus(await app.api.post<CountedSegmentsDto>('sms/segments', { body }), 200);

  test('a plain text has nothing to replace', async () => {
    expect(await count('Hello')).toEqual({
      encoding: 'GSM-7',
      segments: 1,
      characters: 5,
      unicodeCharacters: [],
      plainBody: null,
      limit: 1_600,
      tooLong: false,
    });
  });

  test('one curly quote makes a text twice as dear, and there is a plain one for it', async () => {
    const text = `It’s ${'long '.repeat(28)}`;
    const counted = await count(text);
    expect(counted).toMatchObject({
      encoding: 'UCS-2',
      segments: 3,
      unicodeCharacters: [{ character: '’', codePoint: 'U+2019', replacement: "'" }],
      plainBody: text.replace('’', "'"),
    });
    expect(await count(counted.plainBody!)).toMatchObject({ encoding: 'GSM-7', segments: 1, unicodeCharacters: [] });
  });

  test.each([
    ['nothing', '', 1, false],
    ['1,600 characters', 'x'.repeat(1_600), 11, false],
    ['1,601 characters', 'x'.repeat(1_601), 11, true],
    ['800 emoji, of two units each', '👍'.repeat(800), 25, false],
    ['801 emoji', '👍'.repeat(801), 25, true],
    ['10,000 characters', 'x'.repeat(10_000), 66, true],
  ])('%s: the segments, and whether Twilio takes it', async (_, body, segments, tooLong) => {
    expect(await count(body)).toMatchObject({ segments, tooLong });
  });

  test('a character that cannot be stored is counted as what will be sent in its place', async () => {
    const { unicodeCharacters } = await count('a\0\ud800');
    expect(unicodeCharacters.map(({ codePoint }) => codePoint)).toEqual(['U+2400', 'U+FFFD']);
  });

  test.each([
    ['nothing', {}, ['body']],
    ['a number', { body: 7 }, ['body']],
    ['null', { body: null }, ['body']],
    ['10,001 characters', { body: 'x'.repeat(10_001) }, ['body']],
    ['a field that does not exist', { body: 'x', text: 'x' }, ['text']],
  ])('%s is refused by name', async (_, body, fields) => {
    const answer = await app.api.post('sms/segments', body);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual(fields);
  });
});
