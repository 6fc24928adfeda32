import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  name: string;
  url: string;
  drop: () => Promise<unknown>;
}

/** A database for one spec file, on the server of this run. */
export const createTestDatabase = (template?: string): Promise<TestDatabase> =>
  createDatabase(testServerUrl(), template);

/** A database of its own on a server: empty, or a copy of another one that nobody is connected to. */
export async function createDatabase(serverUrl: string, template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const ask = (sql: string): Promise<unknown> => askDirectly(serverUrl, ({ query }) => query(sql));
  await ask(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { name, url: url.href, drop: () => ask(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Asks the server of this run. */
export const askServer = (sql: string): Promise<Record<string, unknown>[]> =>
  askDirectly(testServerUrl(), ({ query }) => query(sql));

function testServerUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url) return url;
  throw new Error(
    'TEST_POSTGRES_URL is not set: move this spec to a Jest project with the global set-up, see jest.config.js',
  );
}

export interface DirectDatabase {
  query: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
}

/** A connection of the test itself, for when the application has none. */
export async function openDirectly(url: string): Promise<DirectDatabase> {
  const client = new pg.Client(url);
  await client.connect();
  return {
    query: async (sql, values) => (await client.query(sql, values)).rows,
    close: () => client.end(),
  };
}

/** Such a connection for as long as it takes to ask. */
export async function askDirectly<T>(url: string, ask: (database: DirectDatabase) => Promise<T>): Promise<T> {
  const database = await openDirectly(url);
  try {
    return await ask(database);
  } finally {
    await database.close();
  }
}
