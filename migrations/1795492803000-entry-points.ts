import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entry points. A deleted one stays as a row: its contacts name it, and its webhook key still proves who sent a text. */
export class EntryPoints1795492803000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE entry_points (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        campaign_id uuid NOT NULL REFERENCES campaigns,
        name text NOT NULL,
        language text NOT NULL,
        state text NOT NULL CHECK (state IN ('active', 'disabled')),
        phone_number_sid text NOT NULL,
        phone_number text NOT NULL,
        webhook_key text NOT NULL UNIQUE CHECK (webhook_key ~ '^[a-z0-9]{32}$'),
        webhook_url_set text,
        previous_webhook jsonb,
        webhook_state text NOT NULL DEFAULT 'unknown',
        webhook_checked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      );
      CREATE UNIQUE INDEX entry_points_phone_number ON entry_points (account_id, phone_number) WHERE deleted_at IS NULL;
      CREATE UNIQUE INDEX entry_points_name ON entry_points (campaign_id, lower(name)) WHERE deleted_at IS NULL;
      CREATE INDEX entry_points_account ON entry_points (account_id, id);

      -- Each process keeps webhook keys and tokens in memory; this tells them to read anew.
      CREATE FUNCTION notify_webhook_keys_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('webhook_keys_changed', '');
          RETURN NULL;
        END $$;
      CREATE TRIGGER entry_points_changed AFTER INSERT OR UPDATE OR DELETE ON entry_points
        FOR EACH STATEMENT EXECUTE FUNCTION notify_webhook_keys_changed();
      CREATE TRIGGER telephony_connections_changed AFTER INSERT OR UPDATE OR DELETE ON telephony_connections
        FOR EACH STATEMENT EXECUTE FUNCTION notify_webhook_keys_changed();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER telephony_connections_changed ON telephony_connections;
      DROP TABLE entry_points;
      DROP FUNCTION notify_webhook_keys_changed;
    `);
  }
}
