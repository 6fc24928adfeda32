import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { openDirectly } from '../../support/postgres.ts';
import { DocumentedAnswers, operationsOf } from '../../attacks/documented-answers.ts';
import { type Target, toRequest, writeSms } from '../../attacks/genuine-sms.ts';
import { Random } from '../../attacks/random.ts';
import { CUT, type Line, openLine, send } from '../../attacks/raw-request.ts';

const MANY = 300;
const GENUINE = 40;
const MEBIBYTE = 1024 * 1024;
const MAX_GROWTH = 150 * MEBIBYTE;

let service: BuiltService;
let target: Target;
let line: Line;
let seed = 0;
let memory: number;
let opened: Connection[] = [];

/** One that stays until the service ends it. */
interface Connection {
  socket: Socket;
  /** All that was answered, once it is closed. */
  closed: Promise<string>;
}

beforeAll(async () => {
  service = await startBuiltService({ LOG_LEVEL: 'fatal' });
  await connectTelephony(service);
  const { webhookUrl, phoneNumber } = await buildEntryPoint(service);
  const { accountSid, authToken } = service.simulator;
  target = { accountSid, authToken, webhookUrl, to: phoneNumber };
  line = openLine(service.url, 8);
  await textAll();
});
beforeEach(() => {
  opened = [];
  memory = residentBytes();
});
afterEach(() => {
  for (const { socket } of opened) socket.destroy();
  expect(residentBytes() - memory).toBeLessThan(MAX_GROWTH);
});
afterAll(async () => {
  line?.agent.destroy();
  await service?.stop();
});

/** Of the service, as Linux has it; elsewhere nothing is said of it. */
function residentBytes(): number {
  if (process.platform !== 'linux') return 0;
  const status = readFileSync(`/proc/${service.process.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) * 1024;
}

async function openConnection(start: string): Promise<Connection> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined); // it may be reset, when the service closes before it has read all
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(answer)));
  await once(socket, 'connect');
  socket.write(start);
  const connection = { socket, closed };
  opened.push(connection);
  return connection;
}

/** SMS as Twilio sends them: all are taken, whatever else goes on. */
async function textAll(): Promise<void> {
  const statuses = await Promise.all(
    Array.from({ length: GENUINE }, () => send(line, toRequest(writeSms(target, new Random(++seed))))),
  );
  expect(statuses).toEqual(statuses.map(() => 200));
}

/** CUT also when the answer was lost, because the connection was reset while more was on its way. */
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? CUT);
const head = (path: string, ...headers: string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
const FORM = 'Content-Type: application/x-www-form-urlencoded';
const JSON_TYPE = 'Content-Type: application/json';
const webhook = (): string => new URL(target.webhookUrl).pathname;
const authorization = (): string => `Authorization: Bearer ${service.api.key}`;

describe('Hundreds of connections', () => {
  test.each<[string, () => string]>([
    ['say nothing', () => ''],
    ['never end their headers', () => head(webhook(), FORM, 'X-Slow: 1').slice(0, -4)],
    ['never send their form', () => head(webhook(), FORM, 'Content-Length: 1000')],
    ['stop within their form', () => `${head(webhook(), FORM, 'Content-Length: 1000')}Body=Hel`],
    ['stop within their JSON', () => `${head('/api/v1/campaigns', JSON_TYPE, 'Content-Length: 1000')}{"name":"`],
    ['stop within their chunks', () => `${head(webhook(), FORM, 'Transfer-Encoding: chunked')}5\r\nBody=\r\n`],
  ])('that %s keep nobody out, and are ended', async (_, start) => {
    const connections = await Promise.all(Array.from({ length: MANY }, () => openConnection(start())));
    await textAll();
    const answers = await Promise.all(connections.map(({ closed }) => closed));
    // With a form on the way the webhook has answered already why it is no use: there is no key, or no signature.
    expect(answers.map(statusOf).filter((status) => ![401, 403, 408].includes(status))).toEqual([]);
    await textAll();
  });
});

describe('A body', () => {
  /** Writes until the service ends the connection, as fast as it takes it; gives how much that was. */
  async function pour(
    { socket, closed }: Connection,
    piece: Buffer,
    most: number,
  ): Promise<{ status: number; sent: number }> {
    while (!socket.destroyed && socket.bytesWritten < most) {
      if (!socket.write(piece)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
    }
    return { status: statusOf(await closed), sent: socket.bytesWritten };
  }
  const chunk = (size: number): Buffer => Buffer.from(`${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`);

  test.each<[string, () => string, Buffer]>([
    ['of a form of 100 MB', () => head(webhook(), FORM, 'Content-Length: 100000000'), Buffer.alloc(65_536, 'x')],
    [
      'of JSON of 100 MB',
      () => head('/api/v1/campaigns', authorization(), JSON_TYPE, 'Content-Length: 100000000'),
      Buffer.alloc(65_536, 'x'),
    ],
    ['of a form without an end', () => head(webhook(), FORM, 'Transfer-Encoding: chunked'), chunk(65_536)],
    [
      'of JSON without an end',
      () => head('/api/v1/campaigns', authorization(), JSON_TYPE, 'Transfer-Encoding: chunked'),
      chunk(65_536),
    ],
  ])('%s is refused with 413 before much of it has come', async (_, start, piece) => {
    const poured = pour(await openConnection(start()), piece, 100 * MEBIBYTE);
    await textAll();
    const { status, sent } = await poured;
    expect([413, CUT]).toContain(status);
    expect(sent).toBeLessThan(20 * MEBIBYTE);
  });

  test.each<[string, () => string, number, number]>([
    ['form of 64 KiB', webhook, 64 * 1024, 403],
    ['form of one byte more', webhook, 64 * 1024 + 1, 413],
    ['JSON of one byte more than 1 MiB', () => '/api/v1/campaigns', MEBIBYTE + 1, 413],
  ])('%s', async (what, path, size, status) => {
    const body = Buffer.alloc(size, 'x');
    const type = what.startsWith('form') ? 'application/x-www-form-urlencoded' : 'application/json';
    const headers: [string, string][] = [
      ['Host', 'localhost'],
      ['Authorization', `Bearer ${service.api.key}`],
      ['Content-Type', type],
      ['Content-Length', String(size)],
    ];
    expect(await send(line, { method: 'POST', path: path(), headers, body })).toBe(status);
  });
});

describe('A head', () => {
  test.each<[string, () => string]>([
    ['of 10,000 headers', () => head(webhook(), ...Array.from({ length: 10_000 }, (_, n) => `X-${n}: 1`))],
    ['with a header of 64 KiB', () => head(webhook(), `X-Long: ${'x'.repeat(65_536)}`)],
    ['with an address of 64 KiB', () => head(`/api/v1/contacts?q=${'x'.repeat(65_536)}`)],
    ['with cookies of 64 KiB', () => head('/api/v1/contacts', `Cookie: ${'a=b; '.repeat(13_000)}`)],
  ])('%s is refused', async (_, start) => {
    const { closed } = await openConnection(start());
    await textAll();
    expect([431, CUT]).toContain(statusOf(await closed));
  });

  test.each([
    ['16 KiB is taken', 15_000, 404],
    ['more is refused by name', 17_000, 431],
  ])('of %s', async (_, size, status) => {
    const { closed } = await openConnection(head('/nothing', 'Connection: close', `X-Long: ${'x'.repeat(size)}`));
    expect(statusOf(await closed)).toBe(status);
  });
});

test.each<[string, () => string, number, string]>([
  ['too slow', () => head('/api/v1/campaigns').slice(0, -4), 408, 'request_too_slow'],
  ['too large a head', () => head('/api/v1/campaigns', `X-Long: ${'x'.repeat(17_000)}`), 431, 'headers_too_large'],
  ['no HTTP', () => 'HELO there\r\n\r\n', 400, 'bad_request'],
])('What is %s is answered as every error is, and ended', async (_, start, status, errorCode) => {
  const { closed } = await openConnection(start());
  const [fields, body] = (await closed).split('\r\n\r\n');
  expect(fields).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\w ]+\r\nContent-Type: application/problem\\+json\r\n`));
  expect(fields).toContain('Connection: close');
  const answer = { status, headers: { 'content-type': 'application/problem+json' }, body: body! };
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as OpenAPIObject;
  const answers = new DocumentedAnswers(document);
  const operations = operationsOf(document).filter(({ name }) => status !== 400 || name === 'POST /api/v1/campaigns');
  expect(operations.map((operation) => answers.findFault(operation, answer))).toEqual(operations.map(() => null));
  expect(JSON.parse(body!)).toMatchObject({ errorCode, detail: expect.stringMatching(/\.$/) });
});

test('A thousand requests on one connection at once are all answered', async () => {
  const { closed } = await openConnection(
    `${'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(999)}GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  await textAll();
  expect((await closed).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(1_000);
});

test('After all of it, every genuine SMS and nothing else is in the journal', async () => {
  const database = await openDirectly(await service.databaseUrl());
  const [row] = await database.query('SELECT count(*)::int AS sms FROM inbound_sms');
  await database.close();
  expect(row).toEqual({ sms: seed });
});
