import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SignedHash1795492832000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Only of forms that can be read as two SMS, which hardly ever come: the index is as good as empty.
      ALTER TABLE inbound_sms ADD COLUMN signed_hash bytea;
      CREATE UNIQUE INDEX inbound_sms_signed_once ON inbound_sms (account_id, signed_hash) WHERE signed_hash IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbound_sms DROP COLUMN signed_hash');
  }
}
