import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures and files that agents have uploaded and not sent yet. */
export class MediaUploads1795492822000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE media_uploads (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        storage_key text NOT NULL,
        -- Null until all of its bytes are in the media store.
        detected_type text,
        size integer,
        sha256 text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (num_nulls(detected_type, size, sha256) IN (0, 3))
      );
      CREATE INDEX media_uploads_age ON media_uploads (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE media_uploads');
  }
}
