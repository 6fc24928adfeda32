import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures and files of messages: rows of their own, since they are fetched one by one. */
export class Media1795492811000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE message_media (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        contact_id uuid NOT NULL REFERENCES contacts,
        message_id uuid NOT NULL REFERENCES messages,
        place integer NOT NULL,
        source_url text NOT NULL,
        content_type text NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'stored', 'unavailable', 'linked', 'removed')),
        reason text,
        detected_type text,
        size integer,
        sha256 text,
        storage_key text,
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        nudge_generation integer NOT NULL DEFAULT 1,
        nudge_due_at timestamptz NOT NULL DEFAULT now() + interval '10 seconds',
        CHECK ((state = 'unavailable') = (reason IS NOT NULL)),
        CHECK (state <> 'stored' OR num_nulls(detected_type, size, sha256, storage_key) = 0)
      );
      CREATE UNIQUE INDEX message_media_place ON message_media (message_id, place);
      CREATE INDEX message_media_due ON message_media (nudge_due_at) WHERE state = 'pending';

      INSERT INTO message_media (id, account_id, contact_id, message_id, place, source_url, content_type, state)
      SELECT ${uuidAt('message.at')}, account_id, contact_id, message.id, media.n - 1, media.value ->> 'url',
        coalesce(media.value ->> 'contentType', 'application/octet-stream'),
        CASE direction WHEN 'inbound' THEN 'pending' ELSE 'linked' END
      FROM messages AS message CROSS JOIN jsonb_array_elements(message.media) WITH ORDINALITY AS media (value, n)
      WHERE media.value ->> 'url' IS NOT NULL;

      ALTER TABLE messages DROP COLUMN media;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages ADD COLUMN media jsonb NOT NULL DEFAULT '[]';
      UPDATE messages SET media = own.media
      FROM (
        SELECT message_id,
          jsonb_agg(jsonb_build_object('url', source_url, 'contentType', content_type) ORDER BY place) AS media
        FROM message_media GROUP BY message_id
      ) AS own
      WHERE messages.id = own.message_id;
      DROP TABLE message_media;
    `);
  }
}

/** A UUID version 7 of that time, in SQL: PostgreSQL makes them itself only from 18 on. */
const uuidAt = (time: string): string => `
  encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM ${time}) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid`;
