import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the number of an entry point can send pictures; null until Twilio was asked. */
export class EntryPointMms1795492823500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entry_points ADD COLUMN mms boolean');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entry_points DROP COLUMN mms');
  }
}
