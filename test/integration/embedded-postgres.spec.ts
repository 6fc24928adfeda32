import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ask, cleanUp, cleanUps, makeFolder, start } from '../support/embedded-postgres.ts';

afterEach(cleanUp);

describe('the server', () => {
  it('starts with a database of its own on 127.0.0.1, and stops', async () => {
    const dataDir = await makeFolder();
    const server = await start(dataDir);

    expect(server.url).toMatch(
      new RegExp(`^postgres://postgres:[\\w-]{32}@127\\.0\\.0\\.1:${server.port}/sms_inbound$`),
    );
    expect(
      await ask(
        server.url,
        `SELECT current_setting('listen_addresses') AS listens, current_setting('unix_socket_directories') AS sockets,
           current_setting('fsync') AS fsync, current_setting('max_connections') AS connections,
           pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale
         FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual({
      listens: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      connections: '100',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
    });
    const password = await stat(join(dataDir, 'postgres-password'));
    expect([password.mode & 0o777, password.uid]).toEqual([0o600, process.getuid?.()]);
    const { mode } = await stat(join(dataDir, 'postgres'));
    expect(mode & 0o777).toBe(0o700);

    await server.stop();
    await server.stop();
    await expect(ask(server.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('lets nobody in without the password', async () => {
    const server = await start(await makeFolder());
    const stranger = new URL(server.url);
    stranger.password = 'guess';
    await expect(ask(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps data and password from one start to the next, on the port asked for', async () => {
    const dataDir = await makeFolder();
    const first = await start(dataDir);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const second = await start(dataDir, { port: first.port });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
  });

  it('says what PostgreSQL said when it does not start', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    cleanUps.push(() => taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(start(await makeFolder(), { port })).rejects.toThrow(/could not bind IPv4 address "127.0.0.1"/);
  });
});
