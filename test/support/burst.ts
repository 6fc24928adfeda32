import type { ContactEventDto } from '../../src/contact-events/contact-event.dto.js';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { Api } from './api.ts';
import { eventually } from './eventually.ts';
import { readPages } from './pages.ts';
import { askDirectly } from './postgres.ts';

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

/** Many phones at once, as fast as it goes; each text is tried again until the webhook has taken it. */
export async function startBurst(simulatorUrl: string, options: BurstOptions): Promise<string> {
  const answer = await fetch(`${simulatorUrl}/sim/v1/bursts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...options, untilAccepted: true }),
  });
  if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as BurstReport).id;
}

/** The burst once so many of its texts are accepted; all of it unless given. */
export function reachedBy(simulatorUrl: string, id: string, accepted = Infinity): Promise<BurstReport> {
  const look = async (): Promise<BurstReport | null> => {
    const report = (await (await fetch(`${simulatorUrl}/sim/v1/bursts/${id}`)).json()) as BurstReport;
    return report.done || report.accepted >= accepted ? report : null;
  };
  return eventually(`${accepted} accepted texts`, look, 120_000);
}

/** A contact and its thread, as the API gives them. */
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

/** What a customer of a burst wrote, in order. */
export function textsOf({ bodies: [first = ''] }: Thread, textsPerCustomer: number): string[] {
  const start = first.replace(/\d+$/, '');
  return Array.from({ length: textsPerCustomer }, (_, i) => `${start}${i + 1}`);
}

export const readEvents = (api: Api): Promise<ContactEventDto[]> =>
  readAll<ContactEventDto>(api, 'events?limit=100', 'after');

const readAll = async <T>(api: Api, path: string, parameter?: string): Promise<T[]> =>
  (await readPages<T>(api, path, parameter)).flat();

/** How often each type is among the events. */
export function countByType(events: { type: string }[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(events, ({ type }) => type)].map(([type, { length }]) => [type, length]));
}

/** One row of a query, for what the API does not tell. */
export async function ask<T extends object>(databaseUrl: string, sql: string): Promise<T> {
  const [row] = await askDirectly(databaseUrl, ({ query }) => query(sql));
  return row as T;
}
