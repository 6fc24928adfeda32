import type { OptOutKind, OptOutSource } from '../../src/opt-outs/opt-out.entity.js';
import type { TestProcess } from './app.ts';

/** A row of the opt-out ledger in the database, joined with the text that it refers to. */
export interface LedgerRow {
  kind: OptOutKind;
  source: OptOutSource;
  word: string | null;
  phoneNumber: string;
  /** The body of the text that it refers to. */
  body: string | null;
  /** Whether it has the time of the text. */
  isInTime: boolean;
}

/** The ledger's rows for a customer, in the order in which they were written. */
export function ledgerOf({ dataSource }: Pick<TestProcess, 'dataSource'>, customer: string): Promise<LedgerRow[]> {
  return dataSource.query(
    `SELECT row.kind, row.source, row.word, row.phone_number AS "phoneNumber", sms.body,
       date_trunc('milliseconds', sms.received_at) = row.at AS "isInTime"
     FROM opt_outs AS row LEFT JOIN inbound_sms AS sms
       ON sms.id = row.inbound_sms_id AND sms.account_id = row.account_id AND sms.from_number = row.customer
     WHERE row.customer = $1 ORDER BY row.position`,
    [customer],
  );
}
