import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replies: the outbound side of a thread, the rows that wait to be sent, and the pace of each number. */
export class OutboundSms1795492810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages
        ADD COLUMN origin text NOT NULL DEFAULT 'customer'
          CHECK (origin IN ('customer', 'agent', 'greeting', 'out_of_hours_notice')),
        ADD COLUMN agent_id text,
        ADD COLUMN error_advice text;
      ALTER TABLE messages ALTER COLUMN origin DROP DEFAULT;
      CREATE INDEX messages_twilio_message_sid ON messages (twilio_message_sid) WHERE direction = 'outbound';

      -- A number of the account that sends, and when it may send next.
      CREATE TABLE sending_numbers (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        phone_number text NOT NULL,
        free_at timestamptz NOT NULL DEFAULT now(),
        failures integer NOT NULL DEFAULT 0,
        UNIQUE (account_id, phone_number)
      );

      CREATE TABLE outbound_sms (
        message_id uuid PRIMARY KEY REFERENCES messages,
        position bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL REFERENCES accounts,
        contact_id uuid NOT NULL REFERENCES contacts,
        sending_number_id uuid NOT NULL REFERENCES sending_numbers,
        to_number text NOT NULL,
        origin text NOT NULL,
        media_urls text[] NOT NULL DEFAULT '{}',
        idempotency_key text,
        request_hash text,
        attempts integer NOT NULL DEFAULT 0,
        -- Set before Twilio is asked: from then on it may have the message, whatever the answer was.
        claimed_at timestamptz,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        give_up_at timestamptz NOT NULL,
        last_error text,
        done_at timestamptz,
        status_check_at timestamptz,
        status_checks integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX outbound_sms_idempotency ON outbound_sms (account_id, idempotency_key)
        WHERE idempotency_key IS NOT NULL;
      -- The service's own texts: once per contact.
      CREATE UNIQUE INDEX outbound_sms_notice_once ON outbound_sms (contact_id, origin) WHERE origin <> 'agent';
      CREATE INDEX outbound_sms_waiting ON outbound_sms (sending_number_id, position) WHERE done_at IS NULL;
      CREATE INDEX outbound_sms_conversation ON outbound_sms (sending_number_id, to_number, position) WHERE done_at IS NULL;
      CREATE INDEX outbound_sms_status_check ON outbound_sms (status_check_at) WHERE status_check_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE outbound_sms;
      DROP TABLE sending_numbers;
      DROP INDEX messages_twilio_message_sid;
      ALTER TABLE messages DROP COLUMN origin, DROP COLUMN agent_id, DROP COLUMN error_advice;
    `);
  }
}
