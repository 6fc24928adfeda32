import { describe, expect, test } from '@jest/globals';
import type { Problem } from './problem.js';
import { IsSmsText } from './sms-text.rule.js';
import { validationPipe } from './validation.js';

class Body {
  @IsSmsText()
  body: string;
}

const check = (body: unknown): Promise<unknown> =>
  validationPipe().transform({ body }, { type: 'body', metatype: Body });

describe('@IsSmsText()', () => {
  test.each([
    ['an empty text', '', ''],
    ['1,600 characters', 'x'.repeat(1_600), 'x'.repeat(1_600)],
    ['800 emoji', '👍'.repeat(800), '👍'.repeat(800)],
    ['characters that cannot be stored, and replaces them', 'a\0\ud83d', 'a␀\ufffd'],
  ])('accepts %s', async (_, body, expected) => {
    expect(await check(body)).toEqual({ body: expected });
  });

  test.each([
    ['1,734 characters', 'x'.repeat(1_734), 'is 1,734 characters long; an SMS may have 1,600'],
    ['801 emoji', '👍'.repeat(801), 'is 1,602 characters long; an SMS may have 1,600'],
    ['a number', 7, 'must be a string'],
    ['nothing', undefined, 'must be a string'],
    ['a list', ['x'], 'must be a string'],
  ])('refuses %s', async (_, body, message) => {
    const problem = await check(body).then(
      () => null,
      (refusal: Problem) => refusal,
    );
    expect(problem?.errors).toEqual([{ field: 'body', message, code: 'isSmsText', params: {} }]);
  });
});
