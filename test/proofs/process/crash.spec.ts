import { afterEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { Clients, textOnce } from '../../support/clients.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { createTestDatabase, type DirectDatabase, openDirectly } from '../../support/postgres.ts';
import { makeSpool, type TestSpool } from '../../support/spool.ts';
import { startTcpProxy, type TcpProxy } from '../../stack/tcp-proxy.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

test('what the spool has survives a kill -9 in the midst of it, once each', async () => {
  const { service, proxy, direct, webhookUrl } = await openHouse();
  const clients = new Clients(service, webhookUrl, 8);
  await eventually('a stream of SMS', () => clients.taken.length >= 50, 60_000);
  await proxy.refuse();
  const spooled = clients.taken.length;
  await eventually('SMS in the spool', () => clients.taken.length >= spooled + 200, 60_000);
  await service.kill();
  await clients.end();
  expect(new Set(clients.sent.map(({ status }) => status))).toEqual(new Set([200, null]));
  const [before] = await direct.query('SELECT count(*)::int AS count FROM inbound_sms');
  expect(before!['count']).toBeLessThan(clients.taken.length);

  await proxy.pass();
  await service.startAgain();
  const found = async (table: string): Promise<unknown> => {
    const [row] = await direct.query(
      `SELECT count(DISTINCT twilio_message_sid)::int AS sids, count(*)::int AS rows FROM ${table}
       WHERE twilio_message_sid = ANY ($1)`,
      [clients.taken],
    );
    return row;
  };
  const all = { sids: clients.taken.length, rows: clients.taken.length };
  await eventually('all of them', async () => JSON.stringify(await found('messages')) === JSON.stringify(all), 90_000);
  expect(await found('inbound_sms')).toEqual(all);
}, 240_000);

test('an SMS that ends each process that tries it is a dead letter after five, and holds up nobody for longer', async () => {
  const { service, direct, webhookUrl } = await openHouse();
  // The process is killed while it inserts that message: sleeping is where it can be found.
  await direct.query(`
    CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF new.body = 'deadly' THEN PERFORM pg_sleep(300); END IF;
        RETURN new;
      END $$;
    CREATE TRIGGER take_long BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION take_long()`);
  const findVictim = async (): Promise<number | undefined> =>
    (await direct.query(`SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'`))[0]?.['pid'] as
      number | undefined;
  const verdictOf = async (body: string): Promise<unknown> =>
    (await direct.query('SELECT verdict FROM inbound_sms WHERE body = $1', [body]))[0]?.['verdict'];

  await textOnce(service, webhookUrl, { From: '+15005578001', Body: 'deadly' });
  let kills = 0;
  for (; kills < 10; kills++) {
    const pid = await eventually(
      'that it is tried, or given up',
      async () => {
        // As after three sweeps, without the wait for them.
        await direct.query(`UPDATE inbound_sms SET job_due_at = now(), job_generation = greatest(job_generation, 3)
        WHERE body = 'deadly' AND processed_at IS NULL AND job_due_at > now()`);
        return (await verdictOf('deadly')) === 'dead_letter' ? -1 : await findVictim();
      },
      60_000,
    );
    if (pid === -1) break;
    await service.kill();
    await direct.query('SELECT pg_terminate_backend($1)', [pid]);
    await service.startAgain();
  }
  // The first try may not have been counted: nothing was wrong with it then.
  expect([5, 6]).toContain(kills);
  const [row] = await direct.query(`SELECT attempts, last_error FROM inbound_sms WHERE body = 'deadly'`);
  expect(row).toEqual({ attempts: 5, last_error: 'Each process that tried it ended' });
  await textOnce(service, webhookUrl, { From: '+15005578001', Body: 'after' });
  await eventually('the next one', async () => (await verdictOf('after')) === 'accepted', 30_000);
}, 300_000);

test('a worker that takes no job while SMS wait ends with 1, to be restarted', async () => {
  const { service, direct, webhookUrl } = await openHouse({ WATCHDOG_SECONDS: '1' });
  // The jobs are locked; the service's own tables are not.
  await direct.query('BEGIN');
  await direct.query('LOCK TABLE bullmq.job IN ACCESS EXCLUSIVE MODE');
  expect((await textOnce(service, webhookUrl, { Body: 'late' })).status).toBe(200);
  const other = await openDirectly(await service.databaseUrl());
  cleanUps.push(() => other.close());
  await other.query(`UPDATE inbound_sms SET received_at = now() - interval '1 minute' WHERE body = 'late'`);
  const { child } = service.process;
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(1);

  await direct.query('ROLLBACK');
  await service.startAgain();
  await eventually(
    'its verdict',
    async () => {
      const [row] = await other.query(`SELECT verdict FROM inbound_sms WHERE body = 'late'`);
      return row!['verdict'] === 'accepted';
    },
    60_000,
  );
}, 180_000);

interface House {
  service: BuiltService;
  proxy: TcpProxy;
  direct: DirectDatabase;
  spool: TestSpool;
  webhookUrl: string;
}

async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  const proxy = await startTcpProxy(database.url);
  cleanUps.push(() => proxy.stop());
  const spool = await makeSpool();
  cleanUps.push(() => spool.remove());
  const service = await startBuiltService({ DATABASE_URL: proxy.url, ...spool.env, ...env });
  cleanUps.push(() => service.stop());
  const direct = await openDirectly(database.url);
  cleanUps.push(() => direct.close());
  await connectTelephony(service);
  const { webhookUrl } = await buildEntryPoint(service);
  await eventually('the intake knows it', async () => (await textOnce(service, webhookUrl)).status === 200);
  return { service, proxy, direct, spool, webhookUrl };
}
