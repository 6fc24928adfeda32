import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns: a named set of languages with an SMS Inbound channel. */
export class Campaigns1795492801000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE campaigns (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        name text NOT NULL,
        languages text[] NOT NULL,
        default_language text NOT NULL,
        sms_inbound_enabled boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (default_language = ANY (languages))
      );
      CREATE UNIQUE INDEX campaigns_name ON campaigns (account_id, lower(name));
      CREATE INDEX campaigns_account ON campaigns (account_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE campaigns;
    `);
  }
}
