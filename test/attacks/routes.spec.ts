import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app.ts';
import { connectTelephony } from '../support/factories.ts';
import { buildOneOfEach } from '../support/one-of-each.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { operationsOf } from './documented-answers.ts';
import { Random } from './random.ts';
import { exchange, type Line, openLine, type RawAnswer } from './raw-request.ts';
import { type Schemas, SchemaValues } from './schema-values.ts';

const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8')) as OpenAPIObject;
const OPERATIONS = operationsOf(document);
const GUARDED = OPERATIONS.filter(({ path, name }) => path.startsWith('/api/') && name !== 'POST /api/v1/session');
const WITH_JSON = OPERATIONS.filter(({ body }) => body?.['application/json'] !== undefined);
const ID = '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11';

/** Spellings of a path that a guard might not recognize. */
const TRICKS: [string, (path: string) => string][] = [
  ['as it is', (path) => path],
  ['an encoded slash', (path) => path.replace('/v1/', '/v1%2F')],
  ['an encoded letter', (path) => path.replace('/api/', '/%61pi/')],
  ['a letter encoded twice', (path) => path.replace('/api/', '/%2561pi/')],
  ['two slashes', (path) => path.replace('/v1/', '/v1//')],
  ['two slashes at the start', (path) => `/${path}`],
  ['a slash at the end', (path) => `${path}/`],
  ['a matrix parameter', (path) => `${path};x=1`],
  ['a matrix parameter inside', (path) => path.replace('/v1/', '/v1;x=1/')],
  ['a dot', (path) => path.replace('/v1/', '/v1/./')],
  ['two dots', (path) => path.replace('/api/', '/health/../api/')],
  ['two encoded dots', (path) => path.replace('/api/', '/health/%2e%2e/api/')],
  ['dots and a semicolon', (path) => path.replace('/api/', '/health/..;/api/')],
  ['backslashes', (path) => path.replace('/v1/', '/v1\\')],
  ['capitals', (path) => path.toUpperCase()],
  ['a NUL', (path) => `${path}%00`],
  ['a tab', (path) => `${path}%09`],
  ['a query of a public route', (path) => `${path}?/health/live`],
  ['a fragment', (path) => `${path}#/health/live`],
  ['a whole URL', (path) => `http://localhost${path}`],
  ['a file ending', (path) => `${path}.json`],
];

/** Headers with which a proxy may rewrite a request. */
const CLAIMS: [string, string][] = [
  ['X-HTTP-Method-Override', 'GET'],
  ['X-Method-Override', 'POST'],
  ['X-Original-URL', '/health/live'],
  ['X-Rewrite-URL', '/health/live'],
  ['X-Forwarded-For', '127.0.0.1'],
  ['X-Forwarded-User', 'admin'],
  ['X-Real-IP', '127.0.0.1'],
];

let app: TestApp;
let line: Line;

beforeAll(async () => {
  app = await startTestApp();
  line = openLine(app.url, 8);
  await connectTelephony(app);
  await buildOneOfEach(app);
});
afterAll(async () => {
  line.agent.destroy();
  await app.stop();
});

const request = (method: string, path: string, headers: [string, string][] = []): Promise<RawAnswer> =>
  exchange(line, {
    method,
    path,
    headers: [['Host', 'localhost'], ['Content-Length', '0'], ...headers],
    body: Buffer.alloc(0),
  });
const pathOf = (path: string): string => path.replace(/\{\w+\}/g, ID);

describe('Without a key', () => {
  test.each(GUARDED)('no spelling of the path of $name gives access', async ({ method, path }) => {
    const opened: string[] = [];
    for (const [trick, write] of TRICKS) {
      for (const each of [method, 'HEAD', 'OPTIONS']) {
        for (const claims of trick === 'as it is' ? [[], CLAIMS] : [[]]) {
          const { status, body } = await request(each, write(pathOf(path)), claims);
          // The console's page is served at every address outside the API; it contains no data.
          const isOpen = status < 400 && !(each === 'GET' && body.startsWith('<!doctype html>'));
          if (isOpen || status >= 500) opened.push(`${each}, ${trick}: ${status}`);
        }
      }
    }
    expect(opened).toEqual([]);
  });
});

describe('Every answer, even an error, has the security headers', () => {
  const SAFE = {
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': expect.any(String),
  };

  const TELLTALE = ['x-powered-by', 'server', 'access-control-allow-origin', 'access-control-allow-credentials'];
  const telltaleOf = ({ headers }: RawAnswer): string[] => TELLTALE.filter((name) => name in headers);

  test.each(OPERATIONS)('$name', async ({ method, path }) => {
    const origin: [string, string] = ['Origin', 'https://evil.example'];
    const key: [string, string] = ['Authorization', `Bearer ${app.api.key}`];
    const refused = await request(method, pathOf(path), [origin]);
    expect(refused.headers).toMatchObject(SAFE);
    expect(telltaleOf(refused)).toEqual([]);
    const answer = await request(method === 'GET' ? 'GET' : 'PUT', pathOf(path), [origin, key]);
    expect(answer.headers).toMatchObject(SAFE);
    expect(telltaleOf(answer)).toEqual([]);
    if (path.startsWith('/api/')) expect(answer.headers['cache-control']).toMatch(/no-store|private/);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/desk'],
    ['GET', '/docs'],
    ['GET', '/openapi.json'],
    ['GET', '/api/v1/nothing'],
    ['POST', '/nothing'],
    ['POST', '/webhooks/twilio/sms/nothing'],
    ['GET', `/media/${ID}/nothing`],
  ])('%s %s', async (method, path) => {
    const answer = await request(method, path);
    expect(answer.headers).toMatchObject(SAFE);
    expect(telltaleOf(answer)).toEqual([]);
  });
});

test('TRACE does not echo the request', async () => {
  const { status, body } = await request('TRACE', '/api/v1/contacts', [['X-Said', 'canary-trace']]);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body).not.toContain('canary-trace');
});

test('A repeated parameter is refused', async () => {
  const key: [string, string] = ['Authorization', `Bearer ${app.api.key}`];
  const single = GUARDED.filter(({ method }) => method === 'GET').flatMap(({ path, parameters }) =>
    parameters
      .filter((parameter) => parameter.in === 'query' && parameter.schema.type !== 'array')
      .map((parameter) => `${pathOf(path)}?${parameter.name}=1&${parameter.name}=2`),
  );
  expect(single.length).toBeGreaterThan(20);
  const statuses = await Promise.all(single.map(async (path) => [path, (await request('GET', path, [key])).status]));
  expect(statuses.filter(([, status]) => status !== 422)).toEqual([]);
});

describe('An unknown field', () => {
  let columns: string[];

  beforeAll(async () => {
    const rows: { column_name: string }[] = await app.dataSource.query(
      "SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = 'public'",
    );
    columns = rows.map(({ column_name: name }) => name);
    expect(columns.length).toBeGreaterThan(80);
  });

  test.each(WITH_JSON)('is named in the refusal of $name, even if it is called like a column', async (operation) => {
    const values = new SchemaValues(document.components!.schemas as Schemas, new Random(1));
    const { schema } = operation.body!['application/json']!;
    const known = Object.keys(values.resolve(schema).properties!);
    const camel = columns.map((name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
    const extra = [...new Set([...columns, ...camel, 'isAdmin', 'scopes[]'])].filter((name) => !known.includes(name));
    const body = { ...(values.valid(schema) as object), ...Object.fromEntries(extra.map((name) => [name, 'x'])) };
    const answer = await app.api.call(operation.method, pathOf(operation.path).replace('/api/v1/', ''), body);
    // An API key cannot change a password; only a session can.
    if (operation.path === '/api/v1/session/password') return expect(problemOf(answer).status).toBe(403);
    expect(problemOf(answer)).toMatchObject({ status: 422 });
    expect(fieldsOf(answer)).toEqual(expect.arrayContaining(extra));
  });
});
