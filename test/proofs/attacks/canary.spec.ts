import { afterEach, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContactDto, ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { attach, PNG } from '../../support/media.ts';
import { sendSms } from '../../support/phone.ts';
import { type DirectDatabase, openDirectly } from '../../support/postgres.ts';
import { startTestRedis, type TestRedis } from '../../stack/redis-server.ts';
import { makeTrouble, postReply, untilStatus } from '../../support/replies.ts';
import { buildForm, postForm, postSigned } from '../../support/signed-forms.ts';
import { Browser, buildUser } from '../../support/users.ts';

/** Whom nobody may read about outside the database: one of each, unlike anything else that is written. */
const SAID = {
  'the body of an SMS': 'canary-inbound-7f31',
  'the body of an MMS': 'canary-picture-19ab',
  'the body of a reply': 'canary-reply-c0de',
  'the body of a reply that failed': 'canary-failure-4e11',
  'the body of a forged SMS': 'canary-forged-d00f',
  'the body of an SMS that cannot be processed': 'canary-poison-66aa',
  'the body of a form that is no SMS': 'canary-quarantine-77bb',
  'a text that the database refused': 'canary-refused-88cc',
  'a note': 'canary-note-99dd',
  'what was searched for': 'canary-search-10ee',
  'a password': 'canary-password-21ff',
  'a wrong password': 'canary-guess-32aa',
  'a key that is none': `sik_${'c'.repeat(12)}_${'canary'.repeat(7)}x`,
  "a customer's number": '+15005550142',
};

let service: BuiltService;
let database: DirectDatabase;
let redis: TestRedis | null = null;

afterEach(async () => {
  await database?.close();
  await service?.stop();
  await redis?.stop();
});

test.each([
  ['PostgreSQL', false],
  ['Redis', true],
])('What people say, and what opens doors, is in no log, job, metric or error; queues on %s', async (_, withRedis) => {
  redis = withRedis ? await startTestRedis() : null;
  service = await startBuiltService({ LOG_LEVEL: 'trace', ...(redis && { REDIS_URL: redis.url }) });
  database = await openDirectly(await service.databaseUrl());
  const problems = await walk();

  const secrets: Record<string, string> = {
    ...SAID,
    'the auth token': service.simulator.authToken,
    'the API key': service.api.key!,
  };
  const places: Record<string, string> = {
    'the log': await readFile(join(service.dataDir, 'service.log'), 'utf8'),
    'the metrics': await (await fetch(`${service.url}/metrics`)).text(),
    'the jobs': redis === null ? await readBullmqTables() : await readRedis(redis.url),
    'the answers of errors': problems.join('\n'),
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length).toBeGreaterThan(200);
    const found = Object.entries(secrets).filter(([, secret]) => text.includes(secret.replace(/^\+/, '')));
    expect([place, found.map(([what]) => what)]).toEqual([place, []]);
  }
  // Otherwise the log would be clean because nothing went wrong.
  expect(places['the log']).toMatch(/signature does not match/);
  expect(places['the log']).toMatch(/"statusCode":500|failed: /);
  expect(places['the log']).toMatch(
    /"errorCode":"unauthorized","address":"127.0.0.1","route":"GET \/api\/v1\/contacts"/,
  );
});

/** Everything that can happen to a text; gives the errors that were answered on the way. */
async function walk(): Promise<string[]> {
  const from = SAID["a customer's number"];
  const problems: string[] = [];
  const note = (answer: { body: unknown }): void => void problems.push(JSON.stringify(answer.body));
  await connectTelephony(service);
  const { webhookUrl } = await buildEntryPoint(service);
  await service.api.put('consumers/canary', {});

  await sendSms(service, { from, body: SAID['the body of an SMS'] });
  await sendSms(service, { from, body: SAID['the body of an MMS'], media: [attach(PNG)] });
  const contact = await untilContact(2);
  const agent = { agentId: 'agent-1' };
  expectStatus(await service.api.post(`contacts/${contact.id}/accept`, agent), 200);
  expectStatus(await service.api.post(`contacts/${contact.id}/notes`, { body: SAID['a note'] }), 201);
  const reply = { ...agent, body: SAID['the body of a reply'] };
  const sent = expectStatus(await postReply(service, contact.id, reply), 201);
  await untilStatus(service, sent, 'delivered');
  const failing = { ...agent, body: SAID['the body of a reply that failed'] };
  await makeTrouble(service, { sendErrors: { code: 21610, times: 1 } });
  const failed = expectStatus(await postReply(service, contact.id, failing), 201);
  await untilStatus(service, failed, 'failed');
  note(await postReply(service, '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11', failing));
  note(await service.api.post(`contacts/${contact.id}/messages`, { ...failing, to: from }));

  const forged = buildForm({ From: from, Body: SAID['the body of a forged SMS'] });
  note({ body: (await postForm(webhookUrl, forged, { 'X-Twilio-Signature': 'forged' })).body });
  const incomplete = buildForm({ From: from, MessageSid: undefined, Body: SAID['the body of a form that is no SMS'] });
  expect((await postSigned(service, webhookUrl, incomplete)).status).toBe(200);

  // The database says which row it refuses, with all that is in it.
  const poison = SAID['the body of an SMS that cannot be processed'];
  await database.query(`ALTER TABLE messages ADD CONSTRAINT canary CHECK (body <> '${poison}')`);
  await postSigned(service, webhookUrl, buildForm({ From: from, Body: poison }));
  await eventually('the dead letter', async () => {
    const rows = await database.query("SELECT 1 FROM inbound_sms WHERE verdict = 'dead_letter'");
    return rows.length > 0;
  });
  const refused = SAID['a text that the database refused'];
  await database.query(`ALTER TABLE canned_replies ADD CONSTRAINT canary CHECK (text <> '${refused}')`);
  const broken = await service.api.post('canned-replies', { shortcut: 'x', text: refused });
  expect(broken.status).toBe(500);
  note(broken);

  expectStatus(await service.api.get(`contacts?q=${SAID['what was searched for']}`), 200);
  note(await service.api.get(`contacts?q=${SAID['what was searched for']}&limit=0`));
  note(await service.api.get('contacts?state=nothing'));
  const user = await buildUser(service, { password: SAID['a password'] });
  const browser = new Browser(service.url);
  expectStatus(await browser.signIn(user.email, user.password), 200);
  note(await new Browser(service.url).signIn(user.email, SAID['a wrong password']));
  const stranger = await fetch(`${service.url}/api/v1/contacts`, {
    headers: { Authorization: `Bearer ${SAID['a key that is none']}` },
  });
  note({ body: await stranger.text() });
  expect(problems.length).toBeGreaterThan(6);
  return problems;
}

const untilContact = (messageCount: number): Promise<ContactDto> =>
  eventually('the contact', async () => {
    const { data } = expectStatus(await service.api.get<ContactPageDto>('contacts'), 200);
    return data.find((contact) => contact.messageCount === messageCount);
  });

async function readBullmqTables(): Promise<string> {
  const tables = await database.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'bullmq'");
  const rows: unknown[] = [];
  for (const { table_name: name } of tables) {
    rows.push(await database.query(`SELECT row::text FROM bullmq."${String(name)}" AS row`));
  }
  return JSON.stringify(rows);
}

async function readRedis(url: string): Promise<string> {
  const client = new Redis(url);
  const read: Record<string, (key: string) => Promise<unknown>> = {
    hash: (key) => client.hgetall(key),
    list: (key) => client.lrange(key, 0, -1),
    set: (key) => client.smembers(key),
    string: (key) => client.get(key),
    stream: (key) => client.xrange(key, '-', '+'),
    zset: (key) => client.zrange(key, 0, -1),
  };
  try {
    const keys = await client.keys('*');
    return JSON.stringify(await Promise.all(keys.map(async (key) => [key, await read[await client.type(key)]!(key)])));
  } finally {
    client.disconnect();
  }
}
