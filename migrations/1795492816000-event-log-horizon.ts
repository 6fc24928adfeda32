import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to where the log of each account has been pruned: whoever asks for what was there can be told so. */
export class EventLogHorizon1795492816000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_log_horizons (
        account_id uuid PRIMARY KEY REFERENCES accounts,
        transaction_id xid8 NOT NULL,
        position bigint NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_log_horizons');
  }
}
