import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { newId } from '../../src/common/ids.js';
import { SEALED_COLUMNS } from '../../src/commands/sealed-columns.js';
import { SecretBox } from '../../src/common/secret-box.js';
import { checkSecrets, isDone, rotateSecrets } from '../../src/database/secret-rotation.js';
import { placeOf } from '../../src/database/sealed-columns.js';
import { TELEPHONY_SECRETS } from '../../src/twilio-integration/telephony-secrets.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';

const OLD = ['k1', randomBytes(32)] as const;
const NEW = ['k2', randomBytes(32)] as const;
/** More than the rotation reads at once. */
const CONNECTIONS = 120;
const { authToken: AUTH_TOKEN, nextAuthToken: NEXT_AUTH_TOKEN } = TELEPHONY_SECRETS;

const oldBox = new SecretBox(new Map([OLD, NEW]));
const newBox = new SecretBox(new Map([NEW, OLD]));
const newBoxAlone = new SecretBox(new Map([NEW]));

describe('The rotation of the encryption key', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ ENCRYPTION_KEYS: `k1:${OLD[1].toString('base64')}` });
  });
  beforeEach(() => app.dataSource.query('DELETE FROM telephony_connections'));
  afterAll(() => app.stop());

  /** A connection whose secrets are sealed as given; any text, for what is wrong. */
  async function insertConnection(
    seal: (column: typeof AUTH_TOKEN | typeof NEXT_AUTH_TOKEN, id: string) => string,
  ): Promise<string> {
    const id = newId();
    await app.dataSource.query('INSERT INTO accounts (id, name) VALUES ($1, $2)', [id, 'One of many']);
    await app.dataSource.query(
      `INSERT INTO telephony_connections (account_id, account_sid, auth_token, next_auth_token, state)
       VALUES ($1, $2, $3, $4, 'connected')`,
      [id, `AC${randomBytes(16).toString('hex')}`, seal(AUTH_TOKEN, id), seal(NEXT_AUTH_TOKEN, id)],
    );
    return id;
  }

  const sealWith =
    (box: SecretBox, text: string) =>
    (column: typeof AUTH_TOKEN | typeof NEXT_AUTH_TOKEN, id: string): string =>
      box.seal(text, placeOf(column, id));

  const readToken = async (id: string): Promise<string> => {
    const [row] = await app.dataSource.query('SELECT auth_token FROM telephony_connections WHERE account_id = $1', [
      id,
    ]);
    return row.auth_token;
  };

  test('reseals all while others write, and undoes nothing that they wrote', async () => {
    const ids = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => insertConnection(sealWith(oldBox, 'at first'))),
    );
    const written = new Map<string, string>(ids.map((id) => [id, 'at first']));
    const rotation = new AbortController();
    /** Some write with the new key already, some not yet. Each has rows of its own, so that the last word is known. */
    const write = async (box: SecretBox, own: string[]): Promise<void> => {
      for (let n = 0; !rotation.signal.aborted; n++) {
        const id = own[n % own.length]!;
        const sealed = box.seal(`later ${n}`, placeOf(AUTH_TOKEN, id));
        await app.dataSource.query('UPDATE telephony_connections SET auth_token = $2 WHERE account_id = $1', [
          id,
          sealed,
        ]);
        written.set(id, `later ${n}`);
      }
    };
    const half = CONNECTIONS / 2;
    const writing = Promise.all([write(newBox, ids.slice(0, half).toReversed()), write(oldBox, ids.slice(half))]);
    const [first] = await rotateSecrets(app.dataSource, newBox, SEALED_COLUMNS);
    rotation.abort();
    await writing;
    expect(first).toMatchObject({ column: 'telephony_connections.auth_token', total: CONNECTIONS, unreadable: [] });

    // Whoever sealed with the old key after the first run came by leaves something for the second.
    const reports = await rotateSecrets(app.dataSource, newBox, SEALED_COLUMNS);
    expect(isDone(reports)).toBe(true);
    for (const id of ids) expect(newBoxAlone.open(await readToken(id), placeOf(AUTH_TOKEN, id))).toBe(written.get(id));
    expect([...written.values()].filter((text) => text !== 'at first').length).toBeGreaterThan(2);
    expect(await rotateSecrets(app.dataSource, newBox, SEALED_COLUMNS)).toEqual(
      SEALED_COLUMNS.map(({ table, column }) => ({
        column: `${table}.${column}`,
        total: CONNECTIONS,
        resealed: 0,
        outdated: 0,
        unreadable: [],
      })),
    );
  });

  test('only looked at, changes nothing and says what is left', async () => {
    const id = await insertConnection(sealWith(oldBox, 'a token'));
    const before = await readToken(id);
    const reports = await checkSecrets(app.dataSource, newBox, SEALED_COLUMNS);
    expect(reports.map(({ total, resealed, outdated }) => [total, resealed, outdated])).toEqual([
      [1, 0, 1],
      [1, 0, 1],
    ]);
    expect(isDone(reports)).toBe(false);
    expect(await readToken(id)).toBe(before);
  });

  test('names a secret of which any one byte was changed, and leaves it as it is', async () => {
    const id = await insertConnection(sealWith(oldBox, 'a token'));
    for (const changed of changesOf(await readToken(id))) {
      await app.dataSource.query('UPDATE telephony_connections SET auth_token = $1', [changed]);
      const [report] = await rotateSecrets(app.dataSource, newBox, SEALED_COLUMNS);
      expect(report).toMatchObject({ resealed: 0, unreadable: [expect.stringContaining(placeOf(AUTH_TOKEN, id))] });
      expect(await readToken(id)).toBe(changed);
    }
  });

  test.each([
    ['another account', AUTH_TOKEN, newId()],
    ['another column of the row', NEXT_AUTH_TOKEN, null],
  ])('names a secret that was moved here from %s, and goes on with the others', async (_, column, from) => {
    const id = await insertConnection((each, own) => {
      const [place, row] = each === AUTH_TOKEN ? [column, from ?? own] : [each, own];
      return oldBox.seal('a token', placeOf(place, row));
    });
    const [moved, genuine] = await rotateSecrets(app.dataSource, newBox, SEALED_COLUMNS);
    expect(moved).toMatchObject({ resealed: 0, unreadable: [expect.stringContaining(placeOf(AUTH_TOKEN, id))] });
    expect(genuine).toMatchObject({ resealed: 1, outdated: 0, unreadable: [] });
  });

  test('knows of every column that holds a sealed secret', async () => {
    const { accountSid, authToken } = app.simulator;
    const connection = { accountSid, authToken, nextAuthToken: 'fedcba9876543210'.repeat(2) };
    expectStatus(await app.api.put('telephony', connection), 200);
    const columns = await app.dataSource.query<{ table: string; column: string }[]>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb')`,
    );
    const sealed: string[] = [];
    for (const { table, column } of columns) {
      const [{ has }] = await app.dataSource.query(
        `SELECT EXISTS (SELECT FROM "${table}" WHERE "${column}"::text ~ 'v1\\.k1\\.[A-Za-z0-9_-]{16}\\.') AS has`,
      );
      if (has) sealed.push(`${table}.${column}`);
    }
    expect(sealed.toSorted()).toEqual(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));
  });
});

/** The sealed text with one byte changed, for each of its bytes, and with each of its words. */
function* changesOf(sealed: string): Generator<string> {
  const [, keyId, ...parts] = sealed.split('.') as [string, string, ...string[]];
  yield ['v2', keyId, ...parts].join('.');
  yield ['v1', 'k9', ...parts].join('.');
  for (const [which, part] of parts.entries()) {
    for (let at = 0; at < Buffer.from(part, 'base64url').length; at++) {
      const bytes = Buffer.from(part, 'base64url');
      bytes[at]! ^= 1;
      yield ['v1', keyId, ...parts.with(which, bytes.toString('base64url'))].join('.');
    }
  }
}
