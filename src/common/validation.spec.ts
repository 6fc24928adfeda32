import { describe, expect, test } from '@jest/globals';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsString, Length, ValidateNested } from 'class-validator';
import { MayBeLeftOut } from './left-out.rule.js';
import type { Problem } from './problem.js';
import { trim } from './trim.js';
import { validationPipe } from './validation.js';

class Inner {
  @IsInt({ message: 'must be a whole number' })
  size: number;
}

class Body {
  @Transform(trim)
  @IsString()
  @Length(1, 5, { message: 'must be 1 to 5 characters long' })
  name: string;

  @MayBeLeftOut()
  @IsInt()
  count?: number;

  @MayBeLeftOut()
  @IsInt({ message: 'must be a date in seconds' })
  date?: number;

  @MayBeLeftOut()
  @Type(() => Inner)
  @ValidateNested()
  inner?: Inner;
}

const check = (body: unknown): Promise<unknown> => validationPipe().transform(body, { type: 'body', metatype: Body });

const refusalOf = (body: unknown): Promise<Problem> =>
  check(body).then(
    () => {
      throw new Error('It was accepted');
    },
    (problem: Problem) => problem,
  );

describe('The validation of bodies and queries', () => {
  test('gives an instance of the DTO, transformed by its rules', async () => {
    const body = await check({ name: '  Ada ', inner: { size: 1 } });
    expect(body).toBeInstanceOf(Body);
    expect(body).toEqual({ name: 'Ada', inner: { size: 1 } });
  });

  test('gives the code and the arguments of the broken rule', async () => {
    const { errors } = await refusalOf({ name: '', count: 1.5, inner: { size: 1, more: 1 } });
    expect(errors?.map(({ field, code, params }) => [field, code, params])).toEqual([
      ['name', 'isLength', { min: 1, max: 5 }],
      ['count', 'isInt', {}],
      ['inner.more', 'whitelistValidation', {}],
    ]);
  });

  test.each([
    ['a missing field', {}, [{ field: 'name', message: 'must be 1 to 5 characters long' }]],
    ['blanks in place of a name', { name: '   ' }, [{ field: 'name', message: 'must be 1 to 5 characters long' }]],
    [
      'an invalid field, without its name twice',
      { name: 'Ada', count: 'x' },
      [{ field: 'count', message: 'must be an integer number' }],
    ],
    [
      'null where a field may only be left out',
      { name: 'Ada', count: null },
      [{ field: 'count', message: 'must be an integer number' }],
    ],
    [
      'an invalid field whose name is a word of its message',
      { name: 'Ada', date: 'x' },
      [{ field: 'date', message: 'must be a date in seconds' }],
    ],
    ['an unknown field', { name: 'Ada', nmae: 1 }, [{ field: 'nmae', message: 'is not a field of this request' }]],
    [
      'a nested field, with its path',
      { name: 'Ada', inner: { size: 'x' } },
      [{ field: 'inner.size', message: 'must be a whole number' }],
    ],
    [
      'several at once',
      { name: 7, inner: { size: 1, more: 1 } },
      [
        { field: 'name', message: 'must be 1 to 5 characters long' },
        { field: 'inner.more', message: 'is not a field of this request' },
      ],
    ],
  ])('refuses %s', async (_, body, errors) => {
    const problem = await refusalOf(body);
    expect(problem).toMatchObject({ errorCode: 'validation_failed', errors });
    expect(problem.getStatus()).toBe(422);
    for (const { field, message } of errors) expect(problem.detail).toContain(`${field} ${message}`);
  });
});
