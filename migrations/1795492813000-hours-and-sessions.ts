import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Opening hours and words per language of a campaign; greeting, auto-close and reopening of an entry point. */
export class HoursAndSessions1795492813000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns
        ADD COLUMN opening_hours jsonb,
        ADD COLUMN language_settings jsonb NOT NULL DEFAULT '[]';
      ALTER TABLE entry_points
        ADD COLUMN greeting text,
        ADD COLUMN auto_close_hours integer DEFAULT 24 CHECK (auto_close_hours BETWEEN 1 AND 8760),
        ADD COLUMN reopen_minutes integer NOT NULL DEFAULT 0 CHECK (reopen_minutes BETWEEN 0 AND 10080);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entry_points DROP COLUMN greeting, DROP COLUMN auto_close_hours, DROP COLUMN reopen_minutes;
      ALTER TABLE campaigns DROP COLUMN opening_hours, DROP COLUMN language_settings;
    `);
  }
}
