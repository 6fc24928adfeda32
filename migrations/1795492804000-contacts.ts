import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts (conversations) and the messages of their threads. */
export class Contacts1795492804000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contacts (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        campaign_id uuid NOT NULL REFERENCES campaigns,
        entry_point_id uuid NOT NULL REFERENCES entry_points,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'active', 'closed')),
        lang text NOT NULL,
        ani text NOT NULL,
        dnis text NOT NULL,
        agent_id text,
        tags text[] NOT NULL DEFAULT '{}',
        data jsonb NOT NULL DEFAULT '{}',
        message_count integer NOT NULL DEFAULT 0,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        accepted_at timestamptz,
        closed_at timestamptz,
        last_message_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((state = 'closed') = (closed_at IS NOT NULL))
      );
      -- At most one contact that is not closed per (entry point, customer): the database settles the race.
      CREATE UNIQUE INDEX contacts_open ON contacts (entry_point_id, ani) WHERE state <> 'closed';
      CREATE INDEX contacts_account ON contacts (account_id, id);
      CREATE INDEX contacts_account_state ON contacts (account_id, state, id);
      CREATE INDEX contacts_entry_point ON contacts (entry_point_id, id);
      CREATE INDEX contacts_campaign ON contacts (campaign_id, id);
      CREATE INDEX contacts_customer ON contacts (account_id, ani, id);

      CREATE TABLE messages (
        id uuid PRIMARY KEY,
        position bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL REFERENCES accounts,
        contact_id uuid NOT NULL REFERENCES contacts,
        direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
        body text NOT NULL,
        media jsonb NOT NULL DEFAULT '[]',
        inbound_sms_id uuid UNIQUE,
        twilio_message_sid text,
        segments integer,
        status text NOT NULL,
        error_code integer,
        error_text text,
        at timestamptz NOT NULL
      );
      CREATE INDEX messages_thread ON messages (contact_id, position);
      CREATE INDEX messages_text ON messages USING gin (to_tsvector('simple', body));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE messages;
      DROP TABLE contacts;
    `);
  }
}
