import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells whoever sent a reply which message it became. */
export class MessageIdempotencyKey1795492833000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages ADD COLUMN idempotency_key text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages DROP COLUMN idempotency_key');
  }
}
