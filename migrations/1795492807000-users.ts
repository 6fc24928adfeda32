import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in, their sessions, and the count of wrong guesses. */
export class Users1795492807000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        email text NOT NULL,
        password_hash text NOT NULL,
        role text NOT NULL CHECK (role IN ('admin', 'agent')),
        must_change_password boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        disabled_at timestamptz
      );
      -- Across accounts: who signs in gives no account.
      CREATE UNIQUE INDEX users_email ON users (lower(email));
      CREATE INDEX users_account ON users (account_id, id);

      CREATE TABLE sessions (
        id_hash bytea PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX sessions_user ON sessions (user_id);

      CREATE TABLE login_attempts (
        key text PRIMARY KEY,
        failures integer NOT NULL,
        blocked_until timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE login_attempts;
      DROP TABLE sessions;
      DROP TABLE users;
    `);
  }
}
