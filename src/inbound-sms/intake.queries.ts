import type { Pool } from 'pg';
import type { InboundSms } from '../twilio-integration/inbound-sms.form.js';

export interface NewInboundSms {
  id: string;
  accountId: string;
  sms: InboundSms;
  /** Hash of what the signature covers, if that could be parsed as another SMS too: only the first parse is stored. */
  signedHash: Buffer | null;
  raw: Buffer;
  /** When it was received, if that was not just now. */
  receivedAt: Date | null;
  /** By Twilio's clock; only for an SMS that was fetched from its list. */
  sentAt?: Date;
}

/**
 * Stores the rows in one statement; they are durable when it returns.
 * @returns the ids of the rows that are new, in the order given
 */
export async function insertInboundSms(pool: Pool, rows: NewInboundSms[]): Promise<string[]> {
  // All raw forms in one binary value: in an array each byte would travel as two hexadecimal digits.
  const raws = rows.map(({ raw }) => raw);
  let end = 1;
  const starts = raws.map(({ length }) => (end += length) - length);
  const result = await pool.query<{ id: string }>({
    name: 'insert-inbound-sms',
    text: `
      INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, segments,
        media, opt_out_type, raw, received_at, conversation_key, source, sent_at, signed_hash)
      SELECT id, account_id, account_sid, message_sid, from_number, to_number, body, segments, media, opt_out_type,
        substring($11::bytea FROM raw_from FOR raw_length), least(received_at, now()),
        hashtextextended(account_id || ' ' || to_number || ' ' || from_number, 0),
        CASE WHEN sent_at IS NULL THEN 'webhook' ELSE 'reconciled' END, sent_at, signed_hash
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
        $9::jsonb[], $10::text[], $12::int[], $13::int[], $14::timestamptz[], $15::timestamptz[], $16::bytea[])
        WITH ORDINALITY
        AS sms (id, account_id, account_sid, message_sid, from_number, to_number, body, segments, media, opt_out_type,
          raw_from, raw_length, received_at, sent_at, signed_hash, n)
      ORDER BY n
      ON CONFLICT DO NOTHING
      RETURNING id`,
    values: [
      rows.map(({ id }) => id),
      rows.map(({ accountId }) => accountId),
      rows.map(({ sms }) => sms.accountSid),
      rows.map(({ sms }) => sms.messageSid),
      rows.map(({ sms }) => sms.from),
      rows.map(({ sms }) => sms.to),
      rows.map(({ sms }) => sms.body),
      rows.map(({ sms }) => sms.segments),
      rows.map(({ sms }) => JSON.stringify(sms.media)),
      rows.map(({ sms }) => sms.optOutType),
      Buffer.concat(raws),
      starts,
      raws.map(({ length }) => length),
      rows.map(({ receivedAt }) => receivedAt),
      rows.map(({ sentAt }) => sentAt ?? null),
      rows.map(({ signedHash }) => signedHash),
    ],
  });
  return result.rows.map(({ id }) => id);
}

export interface QuarantinedForm {
  id: string;
  accountId: string;
  accountSid: string;
  /** Takes the place of the MessageSid, which cannot be trusted in such a form. */
  fingerprint: string;
  reason: string;
  raw: Buffer;
  receivedAt: Date | null;
  sentAt?: Date;
}

/**
 * Stores a form that Twilio signed and that is not an SMS, so that a person can read it in the journal.
 * @returns whether it is new
 */
export async function insertQuarantinedForm(pool: Pool, form: QuarantinedForm): Promise<boolean> {
  const { id, accountId, accountSid, fingerprint, raw, reason, receivedAt, sentAt } = form;
  const { rowCount } = await pool.query(
    `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
       received_at, conversation_key, processed_at, verdict, last_error, source, sent_at)
     VALUES ($1, $2, $3, $4, '', '', '', $5, least($7::timestamptz, now()), 0, now(), 'quarantined', $6,
       CASE WHEN $8::timestamptz IS NULL THEN 'webhook' ELSE 'reconciled' END, $8)
     ON CONFLICT (account_sid, twilio_message_sid) DO NOTHING`,
    [id, accountId, accountSid, fingerprint, raw, reason, receivedAt, sentAt ?? null],
  );
  return rowCount === 1;
}
