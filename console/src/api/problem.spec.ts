import { describe, expect, test } from '@jest/globals';
import { errorCodeOf, problemOf, refusalOf, statusOf, wrongFieldsOf } from './problem.ts';

const PROBLEM = {
  status: 400,
  errorCode: 'validation_failed',
  detail: 'Two things are wrong.',
  errors: [
    { field: 'name', code: 'required', message: 'name is missing', params: {} },
    { field: 'languages.0', code: 'bcp47', message: 'no such language', params: {} },
  ],
};

describe('What the service has answered', () => {
  test.each<[name: string, error: unknown, status: number | undefined, code: string | undefined, fields: string[]]>([
    ['a problem', PROBLEM, 400, 'validation_failed', ['name', 'languages.0']],
    ['a problem without fields', { status: 409, errorCode: 'number_in_use' }, 409, 'number_in_use', []],
    ['only the status, as of a proxy', { status: 502 }, 502, undefined, []],
    ['nothing: the network is gone', new TypeError('Failed to fetch'), undefined, undefined, []],
    ['nothing at all', undefined, undefined, undefined, []],
    ['null', null, undefined, undefined, []],
    ['a text', 'Bad gateway', undefined, undefined, []],
  ])('%s', (_name, error, status, code, fields) => {
    expect(statusOf(error)).toBe(status);
    expect(errorCodeOf(error)).toBe(code);
    expect(wrongFieldsOf(error)).toEqual(fields);
  });
});

describe('What is thrown for a refusal', () => {
  test('is an error and the problem', () => {
    const refusal = refusalOf(400, PROBLEM);
    expect(refusal).toBeInstanceOf(Error);
    expect(problemOf(refusal)).toMatchObject(PROBLEM);
  });

  test.each([['<html>Bad gateway</html>'], [''], [null], [undefined]])(
    'has the status, also with the body %j',
    (body) => {
      expect(refusalOf(502, body)).toMatchObject({ status: 502, message: 'The service answered 502.' });
    },
  );
});
