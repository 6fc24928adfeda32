import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { UUID_POSITION } from '../../src/common/cursor-page.js';
import { newId } from '../../src/common/ids.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { loadMigrations } from '../support/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const NAME = 'Media1795492811000';
const AT = '2026-11-24T10:31:00.123Z';
const TWO = [
  { url: 'https://api.twilio.com/1', contentType: 'image/png' },
  { url: 'https://api.twilio.com/2', contentType: 'image/gif' },
];

describe('The migration of media', () => {
  let database: TestDatabase;
  let before: DataSource;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const all = (await loadMigrations()) as (new () => object)[];
    const upTo = all.slice(0, all.findIndex(({ name }) => name === NAME) + 1);
    before = await new DataSource(dataSourceOptions(database.url, 2, upTo.slice(0, -1))).initialize();
    dataSource = await new DataSource(dataSourceOptions(database.url, 2, upTo)).initialize();
  });
  afterAll(async () => {
    await before.destroy();
    await dataSource.destroy();
    await database.drop();
  });

  test('moves what messages have, and brings it back', async () => {
    await before.runMigrations({ transaction: 'each' });
    const [withTwo, withNone] = await insertMessages(before, [TWO, []]);
    const readColumn = (): Promise<object[]> => before.query('SELECT id, media FROM messages ORDER BY position');
    const asItWas = await readColumn();
    expect(asItWas).toEqual([
      { id: withTwo, media: TWO },
      { id: withNone, media: [] },
    ]);

    await dataSource.runMigrations({ transaction: 'each' });
    const rows = await dataSource.query('SELECT * FROM message_media ORDER BY place');
    expect(rows).toMatchObject(
      TWO.map(({ url, contentType }, place) => ({
        message_id: withTwo,
        place,
        source_url: url,
        content_type: contentType,
        state: 'pending',
        attempts: 0,
      })),
    );
    for (const { id } of rows) {
      expect(id).toMatch(UUID_POSITION);
      expect([id[14], Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)]).toEqual(['7', Date.parse(AT)]);
    }

    await dataSource.undoLastMigration({ transaction: 'each' });
    expect(await readColumn()).toEqual(asItWas);
  });
});

/** One message for each list of media, with all that a message hangs on. */
async function insertMessages(dataSource: DataSource, lists: object[][]): Promise<string[]> {
  const [account, campaign, entryPoint, contact] = [newId(), newId(), newId(), newId()];
  const ids: string[] = [];
  await dataSource.transaction(async (manager) => {
    // Without foreign keys: no campaign and entry point have to be built.
    await manager.query(`SET LOCAL session_replication_role = replica`);
    await manager.query(`INSERT INTO accounts (id, name) VALUES ($1, 'An account')`, [account]);
    await manager.query(
      `INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, lang, ani, dnis)
       VALUES ($1, $2, $3, $4, 'en-US', '+15005550101', '+15005550006')`,
      [contact, account, campaign, entryPoint],
    );
    for (const media of lists) {
      const id = newId();
      ids.push(id);
      await manager.query(
        `INSERT INTO messages (id, account_id, contact_id, direction, origin, body, media, status, at)
         VALUES ($1, $2, $3, 'inbound', 'customer', 'Hello', $4, 'received', $5)`,
        [id, account, contact, JSON.stringify(media), AT],
      );
    }
  });
  return ids;
}
