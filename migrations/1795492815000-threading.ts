import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The life of a conversation: why a contact was closed, when it was opened again, agents' notes and tags. */
export class Threading1795492815000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts
        ADD COLUMN close_reason text CHECK (close_reason IN ('agent', 'silence')),
        ADD COLUMN reopened_at timestamptz;
      UPDATE contacts SET close_reason = 'agent' WHERE state = 'closed';
      -- Which contacts of an entry point have been silent for long.
      CREATE INDEX contacts_silence ON contacts (entry_point_id, last_message_at) WHERE state <> 'closed';
      -- Which contact of a customer was closed last.
      CREATE INDEX contacts_closed ON contacts (entry_point_id, ani, closed_at) WHERE state = 'closed';
      CREATE INDEX contacts_agent ON contacts (account_id, agent_id, id) WHERE agent_id IS NOT NULL;

      -- "Order" and "order" are the same tag.
      CREATE FUNCTION folded_tags(tags text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN ARRAY(SELECT lower(tag) FROM unnest(tags) AS tag);
      -- Most contacts have no tag, and cost this index nothing.
      CREATE INDEX contacts_tags ON contacts USING gin (folded_tags(tags)) WHERE tags <> '{}';

      CREATE TABLE contact_notes (
        id uuid PRIMARY KEY,
        position bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL REFERENCES accounts,
        contact_id uuid NOT NULL REFERENCES contacts,
        body text NOT NULL,
        agent_id text,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX contact_notes_contact ON contact_notes (contact_id, position);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE contact_notes;
      DROP INDEX contacts_tags, contacts_agent, contacts_closed, contacts_silence;
      DROP FUNCTION folded_tags;
      ALTER TABLE contacts DROP COLUMN close_reason, DROP COLUMN reopened_at;
    `);
  }
}
