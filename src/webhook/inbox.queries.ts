import type { Pool } from 'pg';
import type { InboundSms } from '../twilio-integration/inbound-sms.form.js';

export interface NewInboundSms {
  id: string;
  accountId: string;
  sms: InboundSms;
  raw: Buffer;
  /** When it came, if that was not just now. */
  receivedAt: Date | null;
}

/**
 * Stores them in one statement, durable when it returns.
 * @returns the ids of those that were not there before, in the order given
 */
export async function insertInboundSms(pool: Pool, rows: NewInboundSms[]): Promise<string[]> {
  const result = await pool.query<{ id: string }>({
    name: 'insert-inbound-sms',
    text: `
      INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, segments,
        media, opt_out_type, raw, received_at, conversation_key)
      SELECT id, account_id, account_sid, message_sid, from_number, to_number, body, segments, media, opt_out_type, raw,
        least(received_at, now()),
        hashtextextended(account_id || ' ' || to_number || ' ' || from_number, 0)
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
        $9::jsonb[], $10::text[], $11::bytea[], $12::timestamptz[]) WITH ORDINALITY
        AS sms (id, account_id, account_sid, message_sid, from_number, to_number, body, segments, media, opt_out_type,
          raw, received_at, n)
      ORDER BY n
      ON CONFLICT (account_sid, twilio_message_sid) DO NOTHING
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
      rows.map(({ raw }) => raw),
      rows.map(({ receivedAt }) => receivedAt),
    ],
  });
  return result.rows.map(({ id }) => id);
}

export interface QuarantinedForm {
  id: string;
  accountId: string;
  accountSid: string;
  /** Made from the bytes: the form has no MessageSid one could trust. */
  fingerprint: string;
  reason: string;
  raw: Buffer;
  receivedAt: Date | null;
}

/** Keeps a signed form that is no SMS; a person can read it in the journal. */
export async function insertQuarantinedForm(pool: Pool, form: QuarantinedForm): Promise<void> {
  await pool.query(
    `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, raw,
       received_at, conversation_key, processed_at, verdict, last_error)
     VALUES ($1, $2, $3, $4, '', '', '', $5, least($7::timestamptz, now()), 0, now(), 'quarantined', $6)
     ON CONFLICT (account_sid, twilio_message_sid) DO NOTHING`,
    [form.id, form.accountId, form.accountSid, form.fingerprint, form.raw, form.reason, form.receivedAt],
  );
}
