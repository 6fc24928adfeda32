import { afterEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../../scripts/free-port.ts';
import { type ServiceProcess, startService } from '../../../scripts/service-process.ts';
import type { ContactDto } from '../../../src/contacts/contact.dto.js';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { ask } from '../../support/burst.ts';
import { eventually } from '../../support/eventually.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { readPages } from '../../support/pages.ts';
import { sendSms } from '../../support/phone.ts';
import { makeTrouble, postReply, readInbox } from '../../support/replies.ts';

const REPLIES = 1_000;
const CUSTOMERS = 250;
const EACH = REPLIES / CUSTOMERS;
const KILL_EVERY_MS = 2_000;
const AGENTS = 10;
const NUMBERS = ['+15005550006', '+5511955550001', '+390620004000'];

let service: BuiltService;
let worker: ServiceProcess | null = null;

afterEach(async () => {
  await worker?.kill();
  await service.stop();
});

test(`${REPLIES} replies reach ${CUSTOMERS} phones exactly once each, with the worker killed every two seconds`, async () => {
  service = await startBuiltService({ ROLES: 'api,scheduler' });
  await connectTelephony(service);
  const contacts = await openContacts();
  // Long enough for a kill to come between the question and the answer, again and again.
  await makeTrouble(service, { slowMs: 40, callbacks: { double: true, shuffle: true } });
  await replyAsADesk(contacts);

  let kills = 0;
  while ((await countWaiting()) > 0) {
    await startWorker();
    await sleep(KILL_EVERY_MS);
    await worker!.kill();
    kills++;
  }
  await startWorker();

  for (const { ani } of contacts) {
    const inbox = await readInbox(service, ani);
    expect(inbox.map(({ body }) => body)).toEqual(bodiesFor(ani));
  }
  const databaseUrl = await service.databaseUrl();
  const statuses = (): Promise<object> => ask(databaseUrl, STATUSES);
  const all = { replies: REPLIES, delivered: REPLIES, sids: REPLIES };
  await eventually(
    'every reply is delivered',
    async () => JSON.stringify(await statuses()).includes(`"delivered":${REPLIES}`),
    60_000,
  );
  expect(await statuses()).toEqual(all);
  const { interrupted } = await ask<{ interrupted: number }>(databaseUrl, INTERRUPTED);
  console.log(`${REPLIES} replies, ${kills} kills, ${interrupted} interrupted in the middle, each delivered once`);
  expect(kills).toBeGreaterThan(3);
  expect(interrupted).toBeGreaterThan(0);
}, 600_000);

async function openContacts(): Promise<ContactDto[]> {
  const campaignId = (await buildCampaign(service, { languages: ['en-US'] })).id;
  for (const phoneNumber of NUMBERS) await buildEntryPoint(service, { campaignId, phoneNumber });
  await startWorker();
  await Promise.all(
    Array.from({ length: CUSTOMERS }, (_, n) => {
      const from = `+1500559${String(1_000 + n)}`;
      return sendSms(service, { from, to: NUMBERS[n % NUMBERS.length]! });
    }),
  );
  const contacts = await eventually(
    'every contact',
    async () => {
      const pages = await readPages<ContactDto>(service.api, 'contacts?limit=100');
      return pages.flat().length === CUSTOMERS && pages.flat();
    },
    60_000,
  );
  await worker!.stop();
  return contacts;
}

async function startWorker(): Promise<void> {
  worker = await startService({
    env: {
      ROLES: 'worker',
      PORT: String(await findFreePort()),
      DATABASE_URL: await service.databaseUrl(),
      DATA_DIR: service.dataDir,
      PUBLIC_URL: service.url,
      TWILIO_API_BASE_URL: service.simulator.url,
      SMS_PER_SECOND: '40',
      LOG_LEVEL: 'warn',
    },
    logFile: join(service.dataDir, 'worker.log'),
  });
}

/** A few agents, one conversation at a time each: 250 replies at once are more than a database under load takes in time. */
async function replyAsADesk(contacts: ContactDto[]): Promise<void> {
  const left = contacts.values();
  const agent = async (): Promise<void> => {
    for (const contact of left) await replyTo(contact);
  };
  await Promise.all(Array.from({ length: AGENTS }, agent));
}

async function replyTo({ id, ani }: ContactDto): Promise<void> {
  for (const body of bodiesFor(ani)) expectStatus(await postReply(service, id, { body }), 201);
}

/** The second and third are the same text: they must not be taken for one another. */
const bodiesFor = (phoneNumber: string): string[] =>
  Array.from({ length: EACH }, (_, n) => (n === 1 || n === 2 ? 'One moment' : `${n} for ${phoneNumber}`));

async function countWaiting(): Promise<number> {
  const { waiting } = await ask<{ waiting: number }>(
    await service.databaseUrl(),
    'SELECT count(*)::int AS waiting FROM outbound_sms WHERE done_at IS NULL',
  );
  return waiting;
}

const STATUSES = `SELECT count(*)::int AS replies, count(*) FILTER (WHERE status = 'delivered')::int AS delivered,
  count(DISTINCT twilio_message_sid)::int AS sids FROM messages WHERE direction = 'outbound'`;
const INTERRUPTED = 'SELECT count(*) FILTER (WHERE attempts > 1)::int AS interrupted FROM outbound_sms';
