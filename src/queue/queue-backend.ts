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
const CONNECT_DEADLINE_MS = 60_000;

/** By reason: why jobs may get lost, and what to do about it. */
export const QUEUE_RISKS = {
  jobs_dropped: 'Redis drops jobs when its memory is full: set maxmemory-policy to noeviction (it is {{policy}}).',
  jobs_forgotten:
    'Redis loses its jobs when it stops: set appendonly to yes. Until then a sweep enqueues lost jobs again, which delays them.',
};

export type QueueRisk = Finding<keyof typeof QUEUE_RISKS>;

/** What BullMQ runs on. While it is down, producers fail at once and workers wait for it to recover. */
export abstract class QueueBackend {
  abstract readonly kind: 'postgres' | 'redis';
  abstract readonly producer: ConnectionOptions;
  abstract readonly worker: ConnectionOptions;
  /** BullMQ's key prefix on Redis; in a cluster it is a hash tag, so that all keys of a queue are on one node. */
  abstract readonly prefix: string;
  /** Runs the queue commands of `work`; on PostgreSQL in one transaction, in their order and in one write. */
  abstract together<T>(work: () => Promise<T>): Promise<T>;
  abstract ping(): Promise<void>;
  abstract findRisks(): Promise<QueueRisk[]>;
  abstract close(): Promise<void>;
}

/**
 * Connects and waits until the backend answers. A BullMQ Queue or Worker that is created while PostgreSQL is down never
 * recovers, so none may be created before this resolves.
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
    // Commits do not wait for the disk: a sweep enqueues a job again that a crash has lost, and the commit of a consumer's
    // cursor, which follows its events and does wait, flushes them too. Sequential scans are off because PostgreSQL would
    // plan them while a queue is short and keep the plan as it grows. JIT is off because PostgreSQL before 18 adds the
    // penalty for a disabled scan to the cost of a plan, and would then spend long compiling the statement.
    options: '-c search_path=bullmq -c synchronous_commit=off -c enable_seqscan=off -c jit=off',
    max: 16,
    keepAlive: true,
    // All Queues and Workers connect at the same time when a process starts, and one that fails then never recovers.
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // On connections that were cut without notice, this adds to a worker's wait for a job and to the job's own query.
    query_timeout: 3_000,
    application_name: 'sms-inbound queue',
  });
  // Every Queue and Worker of BullMQ adds an error listener to the pool.
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

/** Has no query timeout, because the tables to migrate may be large. */
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
    // For connections that were cut without notice: ioredis only reconnects once the old connection is closed.
    socketTimeout: 3_000,
  });
  // Longer than the 10 s for which BullMQ blocks on Redis while it waits for a job.
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

/** @param info the answer of Redis to INFO, which hosted servers allow, unlike CONFIG */
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

/** @throws Error with the last error of Redis after a minute; AbortError when the process has to stop first */
async function untilReady(connections: (Redis | Cluster)[], waiting: Waiting): Promise<void> {
  let lastError = new Error('no answer');
  // ioredis reconnects by itself; later errors are reported by the Queues and Workers.
  for (const connection of connections) connection.on('error', (error: Error) => (lastError = error));
  const deadline = Date.now() + CONNECT_DEADLINE_MS;
  const isReady = (): boolean => {
    if (connections.every(({ status }) => status === 'ready')) return true;
    if (Date.now() < deadline) return false;
    throw new Error(`Redis cannot be reached: ${lastError.message}. Check REDIS_URL.`, { cause: lastError });
  };
  await waitUntil(isReady, waiting, () => `Waiting for Redis (${lastError.message}).`);
}
