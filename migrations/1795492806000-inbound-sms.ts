import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The journal: every SMS that Twilio delivered, once, with its verdict. */
export class InboundSms1795492806000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbound_sms (
        id uuid PRIMARY KEY,
        received_order bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL REFERENCES accounts,
        account_sid text NOT NULL,
        twilio_message_sid text NOT NULL,
        from_number text NOT NULL,
        to_number text NOT NULL,
        body text NOT NULL,
        segments integer,
        media jsonb NOT NULL DEFAULT '[]',
        raw bytea NOT NULL,
        conversation_key bigint NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        processed_at timestamptz,
        verdict text,
        entry_point_id uuid REFERENCES entry_points,
        contact_id uuid REFERENCES contacts,
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        nudge_generation integer NOT NULL DEFAULT 1,
        nudge_due_at timestamptz NOT NULL DEFAULT now() + interval '10 seconds',
        CHECK ((processed_at IS NULL) = (verdict IS NULL))
      );
      CREATE UNIQUE INDEX inbound_sms_once ON inbound_sms (account_sid, twilio_message_sid);
      CREATE INDEX inbound_sms_unprocessed ON inbound_sms (conversation_key, received_order) WHERE processed_at IS NULL;
      CREATE INDEX inbound_sms_due ON inbound_sms (nudge_due_at) WHERE processed_at IS NULL;
      CREATE INDEX inbound_sms_journal ON inbound_sms (account_id, received_order);
      CREATE INDEX inbound_sms_not_accepted ON inbound_sms (account_id, verdict, received_order) WHERE verdict <> 'accepted';
      CREATE INDEX inbound_sms_contact ON inbound_sms (contact_id, received_order) WHERE contact_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE inbound_sms;
    `);
  }
}
