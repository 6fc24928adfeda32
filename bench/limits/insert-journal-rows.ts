import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

/** As many as wait at the intake when 64 connections are open. */
const ROWS = 64;
const RAW = randomBytes(520);

/**
 * Limit C: what PostgreSQL takes of the journal's rows from Node, one multi-row insert after the other, each durable.
 * @returns rows per second
 */
export async function insertJournalRows(databaseUrl: string, count: number): Promise<number> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM accounts LIMIT 1');
    const batches = Array.from({ length: Math.ceil(count / ROWS) }, () => buildRows(rows[0]!.id));
    const startedAt = performance.now();
    for (const values of batches) await client.query({ name: 'insert', text: INSERT, values });
    return (batches.length * ROWS * 1_000) / (performance.now() - startedAt);
  } finally {
    await client.end();
  }
}

const INSERT = `
  INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, segments, media,
    raw, conversation_key)
  SELECT id, account_id, account_sid, message_sid, from_number, to_number, body, 1, '[]', raw,
    hashtextextended(account_id || ' ' || to_number || ' ' || from_number, 0)
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[])
    AS sms (id, account_id, account_sid, message_sid, from_number, to_number, body, raw)
  ON CONFLICT (account_sid, twilio_message_sid) DO NOTHING
  RETURNING id`;

function buildRows(accountId: string): unknown[][] {
  const column = <T>(valueOf: (n: number) => T): T[] => Array.from({ length: ROWS }, (_, n) => valueOf(n));
  return [
    column(() => randomUUID()),
    column(() => accountId),
    column(() => `AC${'5150'.repeat(8)}`),
    column(() => `SM${randomBytes(16).toString('hex')}`),
    column((n) => `+1501${1_000_000 + n}`),
    column(() => '+15005550006'),
    column(() => 'Hi, where is my order 48213? It should have been here on Monday.'),
    column(() => RAW),
  ];
}
