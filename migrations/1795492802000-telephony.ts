import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The Twilio account of each account; tokens are sealed by the service before they come here. */
export class Telephony1795492802000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE telephony_connections (
        account_id uuid PRIMARY KEY REFERENCES accounts,
        account_sid text NOT NULL,
        auth_token text,
        auth_token_last4 text,
        next_auth_token text,
        friendly_name text,
        state text NOT NULL CHECK (state IN ('connected', 'failing', 'disconnected')),
        verified_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((auth_token IS NULL) = (state = 'disconnected'))
      );
      -- One Twilio account belongs to one account here: the journal is unique on its MessageSids.
      CREATE UNIQUE INDEX telephony_connections_account_sid
        ON telephony_connections (account_sid) WHERE state <> 'disconnected';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE telephony_connections;
    `);
  }
}
