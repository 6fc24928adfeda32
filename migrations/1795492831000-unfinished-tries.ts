import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tries of an SMS that began and never ended: it may end each process that tries it. */
export class UnfinishedTries1795492831000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inbound_sms ADD COLUMN unfinished_tries integer NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inbound_sms DROP COLUMN unfinished_tries;
    `);
  }
}
