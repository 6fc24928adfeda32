import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many replies were written of late. */
export class ReplyFlow1795492821000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX outbound_sms_created ON outbound_sms USING brin (created_at)
        WITH (pages_per_range = 32, autosummarize = on);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbound_sms_created');
  }
}
