import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What admins changed: written in the transaction of the change, and not to be rewritten by anybody. */
export class AuditLog1795492830000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_log (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        at timestamptz NOT NULL DEFAULT now(),
        actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'api_key')),
        actor_id uuid NOT NULL,
        -- As it was then: the user or the key may be gone.
        actor_name text NOT NULL,
        action text NOT NULL,
        subject_id text NOT NULL,
        subject_name text NOT NULL,
        before jsonb,
        after jsonb
      );
      CREATE INDEX audit_log_account ON audit_log (account_id, id);
      CREATE INDEX audit_log_subject ON audit_log (account_id, subject_id, id);
      CREATE INDEX audit_log_age ON audit_log (at);

      CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND OLD.at < now() - interval '30 days' THEN
          RETURN OLD;
        END IF;
        RAISE EXCEPTION 'The audit log is not changed; what is older than 30 days may be deleted.';
      END $$;
      CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_log; DROP FUNCTION keep_audit_log');
  }
}
