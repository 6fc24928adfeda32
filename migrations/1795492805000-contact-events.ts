import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of contact events, and the consumers with how far each has been served. */
export class ContactEvents1795492805000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact_events (
        id uuid PRIMARY KEY,
        transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
        position bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL REFERENCES accounts,
        type text NOT NULL,
        contact_id uuid NOT NULL REFERENCES contacts,
        message_id uuid,
        version integer NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      -- In the order of commits; see docs/decisions/0003-event-log-in-commit-order.md.
      CREATE INDEX contact_events_log ON contact_events (account_id, transaction_id, position);

      CREATE TABLE consumers (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        name text NOT NULL UNIQUE,
        transport text NOT NULL DEFAULT 'queue' CHECK (transport IN ('queue')),
        cursor_transaction_id xid8 NOT NULL,
        cursor_position bigint NOT NULL,
        generation integer NOT NULL DEFAULT 1,
        published_count bigint NOT NULL DEFAULT 0,
        last_published_at timestamptz,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX consumers_account ON consumers (account_id, name);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE consumers;
      DROP TABLE contact_events;
    `);
  }
}
