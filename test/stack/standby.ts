import { execFile } from 'node:child_process';
import { appendFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../support/eventually.ts';
import { askDirectly } from '../support/postgres.ts';
import { PostgresServer } from './postgres-server.ts';

const execute = promisify(execFile);

/**
 * A second server that has every commit before it is answered: a copy of the first one's files that follows it from
 * there on.
 */
export async function startSynchronousStandby(primary: PostgresServer, folder: string): Promise<PostgresServer> {
  await primary.stop();
  await execute('cp', ['--archive', '--no-target-directory', primary.dataDir, folder]);
  const data = join(folder, 'postgres');
  const { uid, gid } = await stat(join(data, 'PG_VERSION'));
  await writeFile(join(data, 'standby.signal'), '');
  await primary.start();
  const { port, username, password } = new URL(primary.url);
  const connection = `host=127.0.0.1 port=${port} user=${username} password=${password} application_name=standby`;
  await appendFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${connection}'\n`);
  await execute('chown', ['-R', `${uid}:${gid}`, data]);

  const standby = new PostgresServer(folder);
  await standby.start();
  await ask(primary, `ALTER SYSTEM SET synchronous_standby_names = 'standby'`);
  await ask(primary, 'SELECT pg_reload_conf()');
  const look = async (): Promise<boolean> => {
    const [row] = await ask(primary, 'SELECT sync_state FROM pg_stat_replication');
    return row?.['sync_state'] === 'sync';
  };
  await eventually('the standby follows', look, 30_000);
  return standby;
}

export const promote = (standby: PostgresServer): Promise<unknown> => ask(standby, 'SELECT pg_promote()');

const ask = ({ url }: PostgresServer, sql: string): Promise<Record<string, unknown>[]> =>
  askDirectly(url, ({ query }) => query(sql));
