import { afterEach, describe, expect, test } from '@jest/globals';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { Clients, type Sent, textOnce } from '../../support/clients.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { createTestDatabase, type DirectDatabase, openDirectly } from '../../support/postgres.ts';
import { startTestRedis } from '../../stack/redis-server.ts';
import { makeSpool } from '../../support/spool.ts';

const CLIENTS = 16;
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

describe.each([
  { backend: 'PostgreSQL', withRedis: false },
  { backend: 'Redis', withRedis: true },
])('SIGTERM while SMS come, with queues on $backend', ({ withRedis }) => {
  test('answers all that were taken in, keeps them, and ends with 0 in time', async () => {
    const { service, direct, webhookUrl } = await openHouse(withRedis);
    const clients = new Clients(service, webhookUrl, CLIENTS);
    await eventually('a stream of SMS', () => clients.taken.length >= 100, 60_000);
    const askedAt = performance.now();
    const code = await service.process.stop();
    expect(performance.now() - askedAt).toBeLessThan(25_000);
    await clients.end();

    expect(code).toBe(0);
    expect(outcomesOf(clients.sent).filter(isRefusal)).toEqual([]);
    expect(await missing(direct, 'inbound_sms', clients.taken)).toEqual([]);

    await service.startAgain();
    await eventually(
      'a message of each',
      async () => (await missing(direct, 'messages', clients.taken)).length === 0,
      60_000,
    );
    const [{ doubled }] = (await direct.query(
      'SELECT (count(*) - count(DISTINCT twilio_message_sid))::int AS doubled FROM messages',
    )) as [{ doubled: number }];
    expect(doubled).toBe(0);
  }, 180_000);

  test('answers those whose insert is under way', async () => {
    const { service, direct, webhookUrl } = await openHouse(withRedis);
    await direct.query('BEGIN');
    await direct.query('LOCK TABLE inbound_sms IN ACCESS EXCLUSIVE MODE');
    const asking = Promise.all(Array.from({ length: 10 }, () => textOnce(service, webhookUrl)));
    await eventually('an insert that waits', async () => {
      const [{ count }] = (await direct.query(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE application_name = 'sms-inbound intake' AND wait_event_type = 'Lock'`,
      )) as [{ count: number }];
      return count > 0;
    });
    const ending = service.process.stop();
    const sent = await asking;
    await direct.query('ROLLBACK');
    expect(outcomesOf(sent)).toContain(200);
    expect(outcomesOf(sent).filter(isRefusal)).toEqual([]);
    expect(await ending).toBe(0);
    await service.startAgain();
    const sids = sent.filter(({ status }) => status === 200).map(({ messageSid }) => messageSid);
    await eventually('a message of each', async () => (await missing(direct, 'messages', sids)).length === 0, 60_000);
  }, 180_000);
});

test('Connections that are cut, and the end, leave no raw error on standard error', async () => {
  const service = await startBuiltService();
  cleanUps.push(() => service.stop());
  let printed = '';
  service.process.child.stderr!.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const direct = await openDirectly(await service.databaseUrl());
  const cut = await direct.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sms-inbound%'`,
  );
  expect(cut.length).toBeGreaterThan(0);
  await eventually('new ones', async () => (await fetch(`${service.url}/health/ready`)).ok);
  await direct.close();
  expect(await service.process.stop()).toBe(0);
  expect(printed).toBe('');
}, 120_000);

async function openHouse(withRedis: boolean) {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  const spool = await makeSpool();
  cleanUps.push(() => spool.remove());
  const redis = withRedis ? await startTestRedis() : null;
  if (redis !== null) cleanUps.push(() => redis.stop());
  const service: BuiltService = await startBuiltService({
    DATABASE_URL: database.url,
    ...spool.env,
    ...(redis !== null && { REDIS_URL: redis.url }),
  });
  cleanUps.push(() => service.stop());
  const direct = await openDirectly(database.url);
  cleanUps.push(() => direct.close());
  await connectTelephony(service);
  const { webhookUrl } = await buildEntryPoint(service);
  await eventually('the intake knows it', async () => (await textOnce(service, webhookUrl)).status === 200);
  return { service, direct, webhookUrl };
}

const outcomesOf = (sent: Sent[]): unknown[] => sent.map(({ status, error }) => status ?? error);

/** Told to try again, or cut off; but for a connection that it never took in. */
const isRefusal = (outcome: unknown): boolean => ![200, 'ECONNREFUSED', 'ECONNRESET'].includes(outcome as string);

/** Those of these MessageSids that a table does not have. */
async function missing(direct: DirectDatabase, table: string, sids: string[]): Promise<string[]> {
  const rows = await direct.query(
    `SELECT sid FROM unnest($1::text[]) AS sid WHERE sid NOT IN (SELECT twilio_message_sid FROM ${table}
       WHERE twilio_message_sid IS NOT NULL)`,
    [sids],
  );
  return rows.map(({ sid }) => String(sid));
}
