import type { Pool } from 'pg';
import { newId } from '../../src/common/ids.js';
import { decodeInboundSms } from '../../src/twilio-integration/inbound-sms.form.js';
import { TwilioForm } from '../../src/twilio-integration/twilio-form.js';
import { insertInboundSms } from '../../src/inbound-sms/intake.queries.js';
import type { Verdict } from '../../src/inbound-sms/verdict.js';
import { firstAccountId } from './accounts.ts';
import type { TestApp, TestProcess } from './app.ts';
import { buildForm } from './signed-forms.ts';

/** A row of the journal in the database. */
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

/**
 * Stores SMS as the intake does, all in one insert, but does not enqueue a job for them.
 * @returns their ids, in the order given
 */
export async function storeSilently(
  app: Pick<TestApp, 'dataSource'>,
  pool: Pool,
  forms: Record<string, string>[],
): Promise<string[]> {
  const accountId = await firstAccountId(app);
  const rows = forms.map((given) => {
    const raw = Buffer.from(buildForm(given));
    const form = new TwilioForm(raw);
    const decoded = decodeInboundSms(form, form.get('AccountSid')!);
    if ('reason' in decoded) throw new Error(decoded.reason);
    return { id: newId(), accountId, sms: decoded.value, signedHash: null, raw, receivedAt: null };
  });
  return insertInboundSms(pool, rows);
}

/** Counts by label value; a difference leaves out counts that did not change. */
export class Counts {
  constructor(private readonly of: Record<string, number>) {}

  minus(before: Counts): Record<string, number> {
    const differences = Object.entries(this.of).map(([name, count]) => [name, count - (before.of[name] ?? 0)] as const);
    return Object.fromEntries(differences.filter(([, difference]) => difference !== 0));
  }
}

/** How often the webhook was called, by outcome, according to /metrics. */
export async function countRequests({ url }: Pick<TestProcess, 'url'>): Promise<Counts> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lines = metrics.matchAll(/^sms_webhook_requests_total\{outcome="([^"]+)"\} (\d+)$/gm);
  return new Counts(Object.fromEntries([...lines].map(([, outcome, count]) => [outcome, Number(count)])));
}
