import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The account's switch over all entry points, when its webhooks were last looked at, and word of what the board shows. */
export class DisableAll1795492824000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts
        ADD COLUMN sms_inbound_disabled_at timestamptz,
        -- A user, or the API key that did it: neither row ever goes.
        ADD COLUMN sms_inbound_disabled_by uuid,
        ADD COLUMN webhooks_checked_at timestamptz;
      -- Each sweep asks for what was never looked at, or in vain.
      CREATE INDEX entry_points_webhook_unknown ON entry_points (account_id)
        WHERE webhook_state = 'unknown' AND deleted_at IS NULL;

      -- Screens that are open read anew. Many rows of one transaction are one word.
      CREATE FUNCTION notify_entry_points_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('entry_points_changed', coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0]);
          RETURN NULL;
        END $$;
      CREATE TRIGGER entry_points_changed_on_board AFTER INSERT OR UPDATE OR DELETE ON entry_points
        FOR EACH ROW EXECUTE FUNCTION notify_entry_points_changed('account_id');
      CREATE TRIGGER campaigns_changed_on_board AFTER INSERT OR UPDATE OR DELETE ON campaigns
        FOR EACH ROW EXECUTE FUNCTION notify_entry_points_changed('account_id');
      CREATE TRIGGER accounts_changed_on_board AFTER UPDATE OF sms_inbound_disabled_at ON accounts
        FOR EACH ROW EXECUTE FUNCTION notify_entry_points_changed('id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER accounts_changed_on_board ON accounts;
      DROP TRIGGER campaigns_changed_on_board ON campaigns;
      DROP TRIGGER entry_points_changed_on_board ON entry_points;
      DROP FUNCTION notify_entry_points_changed;
      DROP INDEX entry_points_webhook_unknown;
      ALTER TABLE accounts
        DROP COLUMN webhooks_checked_at,
        DROP COLUMN sms_inbound_disabled_by,
        DROP COLUMN sms_inbound_disabled_at;
    `);
  }
}
