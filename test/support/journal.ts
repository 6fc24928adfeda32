import type { Verdict } from '../../src/webhook/verdict.js';
import type { TestProcess } from './app.ts';

/** A row of the journal as it is in the database. */
export interface JournalRow {
  id: string;
  twilio_message_sid: string;
  raw: Buffer;
  verdict: Verdict | null;
  attempts: number;
  last_error: string | null;
  entry_point_id: string | null;
  contact_id: string | null;
}

export async function findJournalRow(
  { dataSource }: Pick<TestProcess, 'dataSource'>,
  messageSid: string,
): Promise<JournalRow | undefined> {
  const rows = await dataSource.query('SELECT * FROM inbound_sms WHERE twilio_message_sid = $1', [messageSid]);
  return rows[0];
}

/** Counts by label value; those that did not change are left out of a difference. */
export class Counts {
  constructor(private readonly of: Record<string, number>) {}

  minus(before: Counts): Record<string, number> {
    const differences = Object.entries(this.of).map(([name, count]) => [name, count - (before.of[name] ?? 0)] as const);
    return Object.fromEntries(differences.filter(([, difference]) => difference !== 0));
  }
}

/** How often the webhook was called, by outcome, as /metrics tells it. */
export async function countRequests({ url }: Pick<TestProcess, 'url'>): Promise<Counts> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lines = metrics.matchAll(/^sms_webhook_requests_total\{outcome="([^"]+)"\} (\d+)$/gm);
  return new Counts(Object.fromEntries([...lines].map(([, outcome, count]) => [outcome, Number(count)])));
}
