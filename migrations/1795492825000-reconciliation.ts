import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Twilio's list as the ledger: since when it counts for a number, how far it was read, and what came from it. */
export class Reconciliation1795492825000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inbound_sms
        ADD COLUMN source text NOT NULL DEFAULT 'webhook',
        -- By Twilio's clock; only of what its list told.
        ADD COLUMN sent_at timestamptz,
        -- Not valid: the rows that are there have the default, and nobody has to wait while they are read.
        ADD CONSTRAINT inbound_sms_source CHECK (source IN ('webhook', 'reconciled')) NOT VALID;
      CREATE INDEX inbound_sms_reconciled ON inbound_sms (account_id, received_order) WHERE source = 'reconciled';

      -- Since when what Twilio receives for the number should come here; null while it should not.
      ALTER TABLE entry_points ADD COLUMN webhook_set_at timestamptz;
      UPDATE entry_points SET webhook_set_at = now() WHERE webhook_state = 'set';

      CREATE TABLE reconciliations (
        account_id uuid NOT NULL REFERENCES accounts,
        phone_number text NOT NULL,
        -- What Twilio received before is in the journal.
        watermark timestamptz NOT NULL,
        -- What it received before this time is not on its way any more: an outage ended then.
        take_until timestamptz,
        due_at timestamptz NOT NULL,
        leased_until timestamptz NOT NULL DEFAULT now(),
        walked_at timestamptz,
        found_count bigint NOT NULL DEFAULT 0,
        last_found_at timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        failing_since timestamptz,
        last_error text,
        PRIMARY KEY (account_id, phone_number)
      );
      CREATE INDEX reconciliations_due ON reconciliations (due_at);

      -- One row: when a process that takes webhooks was last known to be up.
      CREATE TABLE door_heartbeat (
        is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
        beaten_at timestamptz NOT NULL DEFAULT now()
      );
      INSERT INTO door_heartbeat DEFAULT VALUES;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE door_heartbeat;
      DROP TABLE reconciliations;
      ALTER TABLE entry_points DROP COLUMN webhook_set_at;
      DROP INDEX inbound_sms_reconciled;
      ALTER TABLE inbound_sms DROP CONSTRAINT inbound_sms_source, DROP COLUMN sent_at, DROP COLUMN source;
    `);
  }
}
