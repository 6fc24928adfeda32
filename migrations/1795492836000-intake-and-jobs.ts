import type { MigrationInterface, QueryRunner } from 'typeorm';

const DUE = {
  inbound_sms: { index: 'inbound_sms_job_due', former: 'inbound_sms_due', isWaiting: 'processed_at IS NULL' },
  message_media: { index: 'message_media_job_due', former: 'message_media_due', isWaiting: "state = 'pending'" },
};

/**
 * Renames what tells the sweeper about jobs (`nudge_*` to `job_*`) and the heartbeat of the intake. The code before this
 * migration may still run beside the code after it, so the columns are added instead of renamed, and the table keeps its
 * former name as a view. A later release drops both.
 */
export class IntakeAndJobs1795492836000 implements MigrationInterface {
  /** SMS are stored while an index is made. A migration that was cut off starts again from the beginning. */
  transaction = false as const;

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, { isWaiting }] of Object.entries(DUE)) {
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS job_generation integer NOT NULL DEFAULT 1,
          ADD COLUMN IF NOT EXISTS job_due_at timestamptz NOT NULL DEFAULT now() + interval '10 seconds'`);
      await runner.query(
        `UPDATE ${table} SET job_generation = nudge_generation, job_due_at = nudge_due_at WHERE ${isWaiting}`,
      );
    }
    await runner.query(`
      DO $$ BEGIN
        IF to_regclass('intake_heartbeat') IS NULL THEN
          ALTER TABLE door_heartbeat RENAME TO intake_heartbeat;
          CREATE VIEW door_heartbeat AS SELECT * FROM intake_heartbeat;
        END IF;
      END $$`);
    // Nobody waits behind what is waited for here: transactions that began before.
    await runner.query('SET lock_timeout = 0');
    for (const [table, { index, former, isWaiting }] of Object.entries(DUE)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${index} ON ${table} (job_due_at) WHERE ${isWaiting}`);
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${former}`);
    }
    await runner.query('RESET lock_timeout');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW door_heartbeat');
    await runner.query('ALTER TABLE intake_heartbeat RENAME TO door_heartbeat');
    for (const [table, { index, former, isWaiting }] of Object.entries(DUE)) {
      await runner.query(`UPDATE ${table} SET nudge_generation = job_generation, nudge_due_at = job_due_at
        WHERE ${isWaiting}`);
      await runner.query(`DROP INDEX ${index}`);
      await runner.query(`CREATE INDEX ${former} ON ${table} (nudge_due_at) WHERE ${isWaiting}`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN job_generation, DROP COLUMN job_due_at`);
    }
  }
}
