import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the console asks for: versions of what people edit, the traffic of entry points, dead letters put aside. */
export class Console1795492820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns ADD COLUMN version integer NOT NULL DEFAULT 1;
      ALTER TABLE entry_points ADD COLUMN version integer NOT NULL DEFAULT 1;

      ALTER TABLE inbound_sms ADD COLUMN discarded_at timestamptz CHECK (discarded_at IS NULL OR verdict = 'dead_letter');
      -- The journal grows in the order of time: a few bytes for each megabyte of it find what came since.
      CREATE INDEX inbound_sms_received ON inbound_sms USING brin (received_at)
        WITH (pages_per_range = 32, autosummarize = on);
      CREATE INDEX inbound_sms_entry_point ON inbound_sms (entry_point_id, received_order)
        WHERE entry_point_id IS NOT NULL;
      CREATE INDEX inbound_sms_customer ON inbound_sms (account_id, from_number);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX inbound_sms_customer, inbound_sms_entry_point, inbound_sms_received;
      ALTER TABLE inbound_sms DROP COLUMN discarded_at;
      ALTER TABLE entry_points DROP COLUMN version;
      ALTER TABLE campaigns DROP COLUMN version;
    `);
  }
}
