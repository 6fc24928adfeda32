import type { MigrationInterface, QueryRunner } from 'typeorm';

const BY_TIME = {
  inbound_sms_journal_by_time: `(account_id, received_at, received_order)`,
  inbound_sms_not_accepted_by_time: `(account_id, verdict, received_at, received_order) WHERE verdict <> 'accepted'`,
  inbound_sms_reconciled_by_time: `(account_id, received_at, received_order) WHERE source = 'reconciled'`,
  inbound_sms_entry_point_by_time: `(entry_point_id, received_at, received_order) WHERE entry_point_id IS NOT NULL`,
};
const BY_ORDER = {
  inbound_sms_journal: `(account_id, received_order)`,
  inbound_sms_not_accepted: `(account_id, verdict, received_order) WHERE verdict <> 'accepted'`,
  inbound_sms_reconciled: `(account_id, received_order) WHERE source = 'reconciled'`,
  inbound_sms_entry_point: `(entry_point_id, received_order) WHERE entry_point_id IS NOT NULL`,
  inbound_sms_received: `USING brin (received_at) WITH (pages_per_range = 32, autosummarize = on)`,
};

/**
 * The journal in the order in which SMS came, as it is asked for by day: in the order in which they were stored PostgreSQL
 * read all that came after that day. And how often each tag is given, which it does not learn from an index that leaves rows
 * out: a page of a common tag is found faster among the newest contacts than by sorting all that have it.
 */
export class JournalByTime1795492835000 implements MigrationInterface {
  /** SMS go on being stored while an index is made, which takes 2 s per million; what was cut off is made anew. */
  transaction = false as const;

  async up(runner: QueryRunner): Promise<void> {
    // Nobody waits behind what is waited for here: transactions that began before.
    await runner.query('SET lock_timeout = 0');
    for (const [name, definition] of Object.entries(BY_TIME)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${name} ON inbound_sms ${definition}`);
    }
    for (const name of Object.keys(BY_ORDER)) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    await runner.query('RESET lock_timeout');
    await runner.query('CREATE STATISTICS IF NOT EXISTS contacts_folded_tags ON folded_tags(tags) FROM contacts');
    await runner.query('ANALYZE contacts');
  }

  /** TypeORM takes migrations back in a transaction, so SMS wait for this one. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP STATISTICS contacts_folded_tags');
    for (const name of Object.keys(BY_TIME)) await runner.query(`DROP INDEX ${name}`);
    for (const [name, definition] of Object.entries(BY_ORDER)) {
      await runner.query(`CREATE INDEX ${name} ON inbound_sms ${definition}`);
    }
  }
}
