import { setTimeout as sleep } from 'node:timers/promises';
import type { DirectDatabase } from '../../test/support/postgres.ts';
import { microseconds } from '../load/steady-clock.ts';
import type { LoadResult } from '../load/plan.ts';
import { CONSUMER } from './ground.ts';

/** What a load has become in the database. */
export interface Outcome {
  journal: number;
  waiting: number;
  contacts: number;
  messages: number;
  events: number;
}

export async function readOutcome({ query }: DirectDatabase): Promise<Outcome> {
  const [row] = await query(`SELECT
    (SELECT count(*)::int FROM inbound_sms) AS journal,
    (SELECT count(*)::int FROM inbound_sms WHERE processed_at IS NULL) AS waiting,
    (SELECT count(*)::int FROM contacts) AS contacts,
    (SELECT count(*)::int FROM messages) AS messages,
    (SELECT count(*)::int FROM contact_events) AS events`);
  return row as unknown as Outcome;
}

/** How many events are in the consumer's queue, or have been. */
export async function countPublished({ query }: DirectDatabase): Promise<number> {
  const [row] = await query('SELECT published_count::int AS published FROM consumers WHERE name = $1', [CONSUMER]);
  return row!['published'] as number;
}

const LOOK_MS = 20;

/** Waits until `count` gives so many. */
export async function waitFor(count: () => Promise<number>, wanted: number, withinSeconds: number): Promise<void> {
  await new GrowthWatch(count).until(wanted, withinSeconds);
}

/** Looks at a count from its making on. */
export class GrowthWatch {
  private seen = -Infinity;
  private grewAt = microseconds();
  private isOver = false;
  private readonly looking: Promise<void>;

  constructor(count: () => Promise<number>) {
    this.looking = this.look(count);
  }

  /**
   * @returns when it last grew until it was there, in microseconds of the steady clock
   * @throws when it is not there in time
   */
  async until(wanted: number, withinSeconds: number): Promise<number> {
    const deadline = Date.now() + withinSeconds * 1_000;
    while (this.seen < wanted && Date.now() < deadline) await Promise.race([this.looking, sleep(LOOK_MS)]);
    this.isOver = true;
    await this.looking;
    if (this.seen < wanted) throw new Error(`Only ${this.seen} of ${wanted} within ${withinSeconds} s.`);
    return this.grewAt;
  }

  private async look(count: () => Promise<number>): Promise<void> {
    while (!this.isOver) {
      const now = await count();
      if (now > this.seen) this.grewAt = microseconds();
      this.seen = now;
      await sleep(LOOK_MS);
    }
  }
}

/** How many accepted SMS are no message, and how many messages there are too many. */
export async function findLostAndDoubled(
  { query }: DirectDatabase,
  { acceptedSms }: Pick<LoadResult, 'acceptedSms'>,
): Promise<{ lost: number; doubled: number }> {
  const [row] = await query(
    `SELECT (SELECT count(*)::int FROM unnest($1::text[]) AS sid
         WHERE NOT EXISTS (SELECT FROM messages WHERE twilio_message_sid = sid AND direction = 'inbound')) AS lost,
       (SELECT count(*)::int - count(DISTINCT twilio_message_sid)::int FROM messages WHERE direction = 'inbound') AS doubled`,
    [acceptedSms.map(({ messageSid }) => messageSid)],
  );
  return row as { lost: number; doubled: number };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
