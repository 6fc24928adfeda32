import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts that agents have ready. */
export class CannedReplies1795492823000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE canned_replies (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        shortcut text NOT NULL,
        text text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT canned_replies_shortcut UNIQUE (account_id, shortcut)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE canned_replies');
  }
}
