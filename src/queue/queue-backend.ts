import { type ConnectionOptions, createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Finding } from '../common/sentence.js';
import { waitUntil, type Waiting } from '../common/waiting.js';
import type { Environment } from '../config/environment.js';
import type { DatabaseLocation } from '../database/database-location.js';
import { ImpatientClient } from '../database/impatient-client.js';
import { takeMigrationLock } from '../database/migration-lock.js';
import { PipeliningClient } from '../database/pipelining-client.js';
import { QueuePool } from './queue-pool.js';

const CONNECT_TIMEOUT_MS = 5_000;
const REDIS_WAIT_MS = 60_000;

/** Why jobs may get lost, and the way out, by its reason. */
export const QUEUE_RISKS = {
  jobs_dropped: 'Redis drops jobs when its memory is full: set maxmemory-policy to noeviction (it is {{policy}}).',
  jobs_forgotten: 'Redis forgets its jobs when it ends: set appendonly to yes. Until then each is given again, later.',
};

export type QueueRisk = Finding<keyof typeof QUEUE_RISKS>;

/** What BullMQ runs on. Producers give up at once, workers wait for it to come back. */
export abstract class QueueBackend {
  abstract readonly kind: 'postgres' | 'redis';
  abstract readonly producer: ConnectionOptions;
  abstract readonly worker: ConnectionOptions;
  /** Key prefix of BullMQ on Redis; in a cluster a hash tag, so that a queue's keys stay on one node. */
  abstract readonly prefix: string;
  /** Gives the queues what `work` gives them: on PostgreSQL all of it or nothing, in the order given, in one write. */
  abstract together<T>(work: () => Promise<T>): Promise<T>;
  abstract ping(): Promise<void>;
  abstract findRisks(): Promise<QueueRisk[]>;
  abstract close(): Promise<void>;
}

/**
 * Connects and waits until the backend answers. BullMQ on PostgreSQL never recovers when a Queue or Worker is built
 * while PostgreSQL is down, so nothing of it may be built before this resolves.
 */
export async function openQueueBackend(
  environment: Environment,
  database: DatabaseLocation,
  waiting: Waiting,
): Promise<QueueBackend> {
  return environment.REDIS_URL === undefined
    ? openPostgres(database.url, waiting)
    : openRedis(environment.REDIS_URL, environment.REDIS_SENTINEL_MASTER, waiting);
}

async function openPostgres(url: string, waiting: Waiting): Promise<QueueBackend> {
  await migrateQueues(url, waiting);
  const pool = new QueuePool({
    connectionString: url,
    Client: PipeliningClient,
    // Nobody waits for the disk: a nudge that a crash takes is given again, and a consumer's cursor, which comes after its
    // events and is waited for, takes them to the disk with it. And nobody reads a queue from end to end: PostgreSQL would
    // choose to while little is in it, and keep to that as it fills. (Before 18 it takes the price of what is ruled out for
    // real, and compiles such a statement at length.)
    options: '-c search_path=bullmq -c synchronous_commit=off -c enable_seqscan=off -c jit=off',
    max: 16,
    keepAlive: true,
    // All Queues and Workers connect at once when a process starts, and one that fails to then fails for good.
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // On lines that are cut, and nobody says so, this adds up with a worker's wait for a job and the job's own query.
    query_timeout: 3_000,
    application_name: 'sms-inbound queue',
  });
  // BullMQ listens for errors of the pool once per Queue and Worker.
  pool.setMaxListeners(0);
  setDefaultBackendFactory(createPostgresBackend as never);
  const connection = pool as unknown as ConnectionOptions;
  return {
    kind: 'postgres',
    producer: connection,
    worker: connection,
    prefix: 'bull',
    together: (work) => pool.together(work),
    ping: async () => void (await pool.query('SELECT 1')),
    findRisks: () => Promise.resolve([]),
    close: () => pool.end(),
  };
}

/** Without a query time-out: what is brought up to date may be large. */
async function migrateQueues(url: string, waiting: Waiting): Promise<void> {
  const client = new ImpatientClient({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'sms-inbound queue migrations',
  });
  await client.connect();
  try {
    await takeMigrationLock(async (sql, values) => (await client.query(sql, values)).rows, waiting);
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

async function openRedis(urls: string, sentinelMaster: string | undefined, waiting: Waiting): Promise<QueueBackend> {
  setDefaultBackendFactory();
  const nodes = urls.split(',').map((url) => new URL(url.trim()));
  const clustered = sentinelMaster === undefined && nodes.length > 1;
  const connect = (options: RedisOptions): Redis | Cluster => connectRedis(nodes, sentinelMaster, options);
  const shared: RedisOptions = {
    connectTimeout: 2_000,
    keepAlive: 5_000,
    retryStrategy: (times) => Math.min(200 * times, 2_000),
  };
  const producer = connect({
    ...shared,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1_000,
    // A line that is cut, and nobody said so: only what kills the connection lets ioredis make a new one.
    socketTimeout: 3_000,
  });
  // Longer than BullMQ lets Redis be silent while it waits for a job, which is 10 s.
  const worker = connect({ ...shared, maxRetriesPerRequest: null, socketTimeout: 12_000 });
  const connections = [producer, worker];
  const disconnect = (): void => connections.forEach((connection) => connection.disconnect());
  try {
    await untilReady(connections, waiting);
  } catch (error) {
    disconnect();
    throw error;
  }
  return {
    kind: 'redis',
    producer,
    worker,
    prefix: clustered ? '{bull}' : 'bull',
    together: (work) => work(),
    ping: async () => void (await producer.ping()),
    findRisks: async () => redisRisks(await producer.info()),
    close: () => Promise.resolve(disconnect()),
  };
}

/** @param info what Redis answers to INFO: unlike CONFIG, hosted ones allow it */
export function redisRisks(info: string): QueueRisk[] {
  const settings = new Map(info.split(/\r?\n/).map((line) => line.split(/:(.*)/s).slice(0, 2) as [string, string]));
  const risks: QueueRisk[] = [];
  const policy = settings.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') risks.push({ reason: 'jobs_dropped', params: { policy } });
  if (settings.get('aof_enabled') === '0') risks.push({ reason: 'jobs_forgotten', params: {} });
  return risks;
}

function connectRedis(nodes: URL[], sentinelMaster: string | undefined, options: RedisOptions): Redis | Cluster {
  const [first] = nodes as [URL];
  const credentials: RedisOptions = {
    username: decodeURIComponent(first.username) || undefined,
    password: decodeURIComponent(first.password) || undefined,
    tls: first.protocol === 'rediss:' ? {} : undefined,
  };
  const hosts = nodes.map(({ hostname, port }) => ({ host: hostname, port: Number(port || 6379) }));
  if (sentinelMaster !== undefined) {
    return new Redis({ ...options, ...credentials, sentinels: hosts, name: sentinelMaster });
  }
  if (nodes.length > 1) return new Cluster(hosts, { redisOptions: { ...options, ...credentials } });
  return new Redis({ ...options, ...credentials, ...hosts[0], db: Number(first.pathname.slice(1) || 0) });
}

/** @throws Error with what Redis last said, after a minute; AbortError when the process is to stop before */
async function untilReady(connections: (Redis | Cluster)[], waiting: Waiting): Promise<void> {
  let lastError = new Error('no answer');
  // ioredis reconnects by itself; what fails later, Queue and Worker report.
  for (const connection of connections) connection.on('error', (error: Error) => (lastError = error));
  const deadline = Date.now() + REDIS_WAIT_MS;
  const isReady = (): boolean => {
    if (connections.every(({ status }) => status === 'ready')) return true;
    if (Date.now() < deadline) return false;
    throw new Error(`Redis cannot be reached: ${lastError.message}. Check REDIS_URL.`, { cause: lastError });
  };
  await waitUntil(isReady, waiting, () => `Waiting for Redis (${lastError.message}).`);
}
