import { createPostgresBackend, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { ContactEventDto } from '../../src/contact-events/contact-event.dto.js';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { Api } from './api.ts';
import { eventually } from './eventually.ts';
import { readPages } from './pages.ts';

export interface BurstOptions {
  count: number;
  customers: number;
  trouble?: { duplicateShare?: number; shuffleShare?: number; wrongSignatureShare?: number };
}

export interface BurstReport {
  id: string;
  done: boolean;
  durationMs: number;
  sent: number;
  accepted: number;
  rejected: number;
  retried: number;
  duplicates: number;
  acceptedPerSecond: number;
}

/** Lets many phones text at once, as fast as possible; each text is retried until the webhook has accepted it. */
export async function startBurst(simulatorUrl: string, options: BurstOptions): Promise<string> {
  const answer = await fetch(`${simulatorUrl}/sim/v1/bursts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...options, untilAccepted: true }),
  });
  if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as BurstReport).id;
}

/** Waits until so many texts are accepted; by default, until the burst has ended. */
export function untilAccepted(simulatorUrl: string, id: string, accepted = Infinity): Promise<BurstReport> {
  const look = async (): Promise<BurstReport | null> => {
    const report = (await (await fetch(`${simulatorUrl}/sim/v1/bursts/${id}`)).json()) as BurstReport;
    return report.done || report.accepted >= accepted ? report : null;
  };
  return eventually(`${accepted} accepted texts`, look, 120_000);
}

/** A contact and its thread, as the API returns them. */
export interface Thread {
  contact: ContactDto;
  bodies: string[];
}

export async function readThreads(api: Api): Promise<Thread[]> {
  const threads: Thread[] = [];
  for (const contact of await readAll<ContactDto>(api, 'contacts?limit=100')) {
    const messages = await readAll<MessageDto>(api, `contacts/${contact.id}/messages?limit=100`);
    threads.push({ contact, bodies: messages.map(({ body }) => body) });
  }
  return threads;
}

/** The texts that a customer of a burst sent, in order. */
export function textsOf({ bodies: [first = ''] }: Thread, textsPerCustomer: number): string[] {
  const start = first.replace(/\d+$/, '');
  return Array.from({ length: textsPerCustomer }, (_, i) => `${start}${i + 1}`);
}

export const readEvents = (api: Api): Promise<ContactEventDto[]> =>
  readAll<ContactEventDto>(api, 'events?limit=100', 'after');

const readAll = async <T>(api: Api, path: string, parameter?: string): Promise<T[]> =>
  (await readPages<T>(api, path, parameter)).flat();

export function countByType(events: { type: string }[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(events, ({ type }) => type)].map(([type, { length }]) => [type, length]));
}

/** A consumer as another service would run it: a BullMQ Worker that records events. */
export interface EventReader {
  events: ContactEventDto[];
  close(): Promise<void>;
}

export function readQueue(name: string, on: QueuePlace): EventReader {
  const events: ContactEventDto[] = [];
  return { events, ...workOnQueue(name, (event) => void events.push(event), on) };
}

export type QueuePlace = { databaseUrl: string } | { redisUrl: string };

/** Starts a consumer that processes each event. */
export function workOnQueue(
  name: string,
  work: (event: ContactEventDto) => void,
  on: QueuePlace,
): { close: () => Promise<void> } {
  const handle = async ({ data }: { data: ContactEventDto }): Promise<void> => work(data);
  const { worker, disconnect } = 'redisUrl' in on ? onRedis(name, handle, on) : onPostgres(name, handle, on);
  worker.on('error', () => undefined); // it reconnects
  return {
    close: async () => {
      await worker.close();
      await disconnect();
    },
  };
}

type Handle = (job: { data: ContactEventDto }) => Promise<void>;
const OPTIONS = { concurrency: 50, drainDelay: 1 } satisfies Partial<WorkerOptions>;

function onRedis(name: string, handle: Handle, { redisUrl }: { redisUrl: string }) {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const worker = new Worker(name, handle, { ...OPTIONS, connection });
  return { worker, disconnect: async () => connection.disconnect() };
}

function onPostgres(name: string, handle: Handle, { databaseUrl }: { databaseUrl: string }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c search_path=bullmq', max: 5 });
  pool.on('error', () => undefined); // PostgreSQL is killed in between
  const worker = new Worker(name, handle, { ...OPTIONS, connection: pool }, createPostgresBackend);
  return { worker, disconnect: () => pool.end() };
}

/** Returns the first row of a query, for data that the API does not show. */
export async function ask<T extends object>(databaseUrl: string, sql: string): Promise<T> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows[0]!;
  } finally {
    await client.end();
  }
}
