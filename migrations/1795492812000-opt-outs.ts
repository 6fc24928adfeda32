import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of STOP and START, blocked senders, and Twilio's own word about a text. */
export class OptOuts1795492812000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Rows are added, and never changed. No foreign keys to what they name: the ledger outlives the texts.
      CREATE TABLE opt_outs (
        id uuid PRIMARY KEY,
        position bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL REFERENCES accounts,
        customer text NOT NULL,
        phone_number text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('opted_out', 'opted_in')),
        source text NOT NULL,
        word text,
        inbound_sms_id uuid,
        message_id uuid,
        at timestamptz NOT NULL
      );
      CREATE INDEX opt_outs_pair ON opt_outs (account_id, customer, phone_number, at, position);
      -- A text that is judged anew says nothing new.
      CREATE UNIQUE INDEX opt_outs_once ON opt_outs (inbound_sms_id);

      CREATE TABLE blocked_senders (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        phone_number text NOT NULL,
        reason text,
        created_by uuid,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX blocked_senders_once ON blocked_senders (account_id, phone_number);
      CREATE INDEX blocked_senders_account ON blocked_senders (account_id, id);

      ALTER TABLE inbound_sms ADD COLUMN opt_out_type text CHECK (opt_out_type IN ('STOP', 'START', 'HELP'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inbound_sms DROP COLUMN opt_out_type;
      DROP TABLE blocked_senders;
      DROP TABLE opt_outs;
    `);
  }
}
