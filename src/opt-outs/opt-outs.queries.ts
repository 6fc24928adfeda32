import type { EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import type { OptOutKind, OptOutSource } from './opt-out.entity.js';

/** One customer and one of our numbers: STOP to one number says nothing about another. */
export interface Pair {
  customer: string;
  phoneNumber: string;
}

export const pairKey = ({ customer, phoneNumber }: Pair): string => `${phoneNumber} ${customer}`;

/** Of these pairs those whose customer wants no texts now, by `pairKey`. */
export async function findOptedOut(manager: EntityManager, accountId: string, pairs: Pair[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const rows: Pair[] = await manager.query(
    `SELECT DISTINCT pair.customer, pair.phone_number AS "phoneNumber"
     FROM unnest($2::text[], $3::text[]) AS pair (customer, phone_number)
       CROSS JOIN LATERAL (
         SELECT kind FROM opt_outs AS row
         WHERE row.account_id = $1 AND row.customer = pair.customer AND row.phone_number = pair.phone_number
         ORDER BY at DESC, position DESC LIMIT 1
       ) AS newest
     WHERE newest.kind = 'opted_out'`,
    [accountId, pairs.map(({ customer }) => customer), pairs.map(({ phoneNumber }) => phoneNumber)],
  );
  return new Set(rows.map(pairKey));
}

export async function isOptedOut(manager: EntityManager, accountId: string, pair: Pair): Promise<boolean> {
  return (await findOptedOut(manager, accountId, [pair])).has(pairKey(pair));
}

export interface NewOptOut extends Pair {
  accountId: string;
  kind: OptOutKind;
  source: OptOutSource;
  word?: string | null;
  inboundSmsId?: string | null;
  messageId?: string | null;
  /** When it was said: when the text was received, or when Twilio was asked to send the reply. Now if left out. */
  at?: Date;
}

export const recordOptOut = (manager: EntityManager, row: NewOptOut): Promise<void> => recordOptOuts(manager, [row]);

/**
 * Adds to the ledger, in the transaction of the caller. Each STOP counts, so that it can be told when and in which text;
 * of the rest only what changes how the pair stood at that time. A text that is in the ledger already stays as it is.
 * @param rows in the order in which they were said
 */
export async function recordOptOuts(manager: EntityManager, rows: NewOptOut[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `WITH said AS (
       SELECT *, lag(kind) OVER (PARTITION BY account_id, customer, phone_number ORDER BY n) AS kind_before
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[],
         $9::uuid[], $10::timestamptz[]) WITH ORDINALITY
         AS row (id, account_id, customer, phone_number, kind, source, word, inbound_sms_id, message_id, at, n)
     )
     INSERT INTO opt_outs (id, account_id, customer, phone_number, kind, source, word, inbound_sms_id, message_id, at)
     SELECT id, account_id, customer, phone_number, kind, source, word, inbound_sms_id, message_id, coalesce(at, now())
     FROM said
     WHERE kind = 'opted_out' AND inbound_sms_id IS NOT NULL
       OR kind <> coalesce(kind_before, (
         SELECT row.kind FROM opt_outs AS row
         WHERE row.account_id = said.account_id AND row.customer = said.customer
           AND row.phone_number = said.phone_number AND row.at <= coalesce(said.at, now())
         ORDER BY row.at DESC, row.position DESC LIMIT 1
       ), 'opted_in')
     ORDER BY n
     ON CONFLICT (inbound_sms_id) DO NOTHING`,
    [
      rows.map(() => newId()),
      rows.map(({ accountId }) => accountId),
      rows.map(({ customer }) => customer),
      rows.map(({ phoneNumber }) => phoneNumber),
      rows.map(({ kind }) => kind),
      rows.map(({ source }) => source),
      rows.map(({ word }) => word ?? null),
      rows.map(({ inboundSmsId }) => inboundSmsId ?? null),
      rows.map(({ messageId }) => messageId ?? null),
      rows.map(({ at }) => at ?? null),
    ],
  );
}
