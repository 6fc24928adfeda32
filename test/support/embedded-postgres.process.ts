// A program that has an embedded PostgreSQL, for tests that kill it: <data folder> [leave].
import pg from 'pg';
import { loadBuiltEmbeddedPostgres } from '../stack/built-embedded-postgres.ts';

const [dataDir = '', whatNext] = process.argv.slice(2);
const { startEmbeddedPostgres } = await loadBuiltEmbeddedPostgres();
const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });

// What main.ts does on Ctrl-C: finish the work, then stop the server.
process.once('SIGINT', async () => {
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query('CREATE TABLE finished_after_ctrl_c ()');
  await client.end();
  await server.stop();
  process.exit(0);
});
const work = setInterval(() => undefined, 60_000);
if (whatNext === 'leave') clearInterval(work);
console.log(JSON.stringify({ url: server.url, port: server.port }));
