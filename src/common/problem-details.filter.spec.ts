import { describe, expect, test } from '@jest/globals';
import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { conflict } from './problem.js';
import { toProblem } from './problem-details.filter.js';

const errorOf = (members: object, message = 'secret detail'): Error => Object.assign(new Error(message), members);

describe('toProblem', () => {
  test.each([
    ['a Problem stays as it is', conflict('taken', 'It is taken.'), 409, 'taken'],
    ['an exception of the framework keeps its status', new NotFoundException('Cannot GET /x'), 404, 'not_found'],
    ['malformed JSON', errorOf({ statusCode: 400, code: 'FST_ERR_CTP_INVALID_JSON_BODY' }), 400, 'bad_request'],
    ['a body too large', errorOf({ statusCode: 413 }), 413, 'body_too_large'],
    ['PostgreSQL that refuses connections', errorOf({ code: 'ECONNREFUSED' }), 503, 'database_unavailable'],
    ['a statement timeout of PostgreSQL', errorOf({ code: '57014' }), 503, 'database_unavailable'],
    ['PostgreSQL that shuts down', errorOf({ code: '57P01' }), 503, 'database_unavailable'],
    ['an exhausted pool', errorOf({}, 'timeout exceeded when trying to connect'), 503, 'database_unavailable'],
    ['a query without an answer', errorOf({}, 'Query read timeout'), 503, 'database_unavailable'],
    ['a NUL character in a text', errorOf({ code: '22021' }), 422, 'text_unstorable'],
    ['a bug in the service', errorOf({ code: '42601' }), 500, 'internal_error'],
    ['a bug that looks like a server error', errorOf({ statusCode: 500 }), 500, 'internal_error'],
  ])('%s', (_, error, status, errorCode) => {
    const problem = toProblem(error);
    expect([problem.getStatus(), problem.errorCode]).toEqual([status, errorCode]);
    if (status >= 500) expect(problem.detail).not.toContain('secret detail');
  });

  test('a failed health check names the part that is down', () => {
    const error = { database: { status: 'down' } };
    const problem = toProblem(new ServiceUnavailableException({ status: 'error', info: {}, error, details: error }));
    expect(problem).toMatchObject({ errorCode: 'not_ready', extensions: { error } });
    expect(problem.detail).toContain('database');
  });
});
