import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.js';

const isRoot = process.getuid?.() === 0;
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

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

  it('begins its log anew when it has grown too long', async () => {
    const dataDir = await makeFolder();
    await writeFile(join(dataDir, 'postgres.log'), Buffer.alloc(11 * 1024 * 1024, '.'));
    await start(dataDir);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log.length).toBeLessThan(100_000);
  });

  it('does not keep its program alive', async () => {
    const dataDir = await makeFolder();
    const program = await startProgram(dataDir, 'leave');
    expect((await exitOf(program.child)).code).toBe(0);
    const adopted = await start(dataDir);
    expect(adopted.port).toBe(program.port);
  });

  it('outlives Ctrl-C until its program has finished', async () => {
    const dataDir = await makeFolder();
    const { child } = await startProgram(dataDir);
    process.kill(-child.pid!, 'SIGINT'); // the whole group, as a terminal does
    expect((await exitOf(child)).code).toBe(0);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);

    const server = await start(dataDir);
    expect(await ask(server.url, 'SELECT count(*)::int AS rows FROM finished_after_ctrl_c')).toEqual({ rows: 0 });
  });
});

describe('after an accident', () => {
  it('adopts the server of a program that was killed, and stops it', async () => {
    const dataDir = await makeFolder();
    const program = await startProgram(dataDir);
    const pid = await serverPid(dataDir);
    await kill(program.child);
    expect(await ask(program.url, 'SELECT 1 AS alive')).toEqual({ alive: 1 });

    const adopted = await start(dataDir, { port: program.port + 1 });
    expect(adopted.url).toBe(program.url);
    expect(await serverPid(dataDir)).toBe(pid);
    await adopted.stop();
    await expect(ask(program.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('recovers what was committed before the server itself was killed', async () => {
    const dataDir = await makeFolder();
    const killed = await start(dataDir);
    await ask(killed.url, 'CREATE TABLE committed AS SELECT 42 AS answer');
    process.kill(await serverPid(dataDir), 'SIGKILL');

    const server = await start(dataDir);
    expect(await ask(server.url, 'SELECT answer FROM committed')).toEqual({ answer: 42 });
  });

  it.each([
    ['of a process that is gone', deadPid],
    ['that is another program’s now', foreignPid],
    ['that is our own', async () => process.pid],
  ])('is not held up by a postmaster.pid with a number %s', async (_, choosePid) => {
    const dataDir = await makeFolder();
    const pidFile = await leaveStalePidFile(dataDir, choosePid);

    const server = await start(dataDir);
    expect(await ask(server.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
    expect(await readdir(join(dataDir, 'postgres'))).not.toContainEqual(expect.stringMatching(/^postmaster\.pid\./));
    expect(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).not.toBe(pidFile);
  });

  it('starts after a first start that was killed half-way', async () => {
    const dataDir = await makeFolder();
    const program = spawnProgram(dataDir);
    const half = await eventually(async () => {
      const work = (await readdir(dataDir)).find((name) => name.startsWith('postgres-init-'));
      return work && existsSync(join(dataDir, work, 'data', 'base', '1')) ? join(dataDir, work) : undefined;
    });
    await kill(program);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    await utimes(half, 0, 0);

    const server = await start(dataDir);
    expect(await ask(server.url, 'SELECT 1 AS alive')).toEqual({ alive: 1 });
    expect(existsSync(half)).toBe(false);
  });

  it.each([
    ['a new folder', async () => undefined],
    ['a folder with data', (dataDir: string) => leaveStalePidFile(dataDir, deadPid)],
    ['a folder with another program’s postmaster.pid', (dataDir: string) => leaveStalePidFile(dataDir, foreignPid)],
  ])('lets programs that start at once on %s share one server', async (_, prepare) => {
    const dataDir = await makeFolder();
    await prepare(dataDir);
    const programs = await Promise.all([startProgram(dataDir), startProgram(dataDir), startProgram(dataDir)]);

    expect(new Set(programs.map(({ url }) => url)).size).toBe(1);
    const adopted = await start(dataDir);
    expect(adopted.url).toBe(programs[0].url);
    expect(await ask(adopted.url, 'SELECT 1 AS alive')).toEqual({ alive: 1 });
    expect((await readdir(dataDir)).toSorted()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
  });

  it('refuses to guess a password that was deleted', async () => {
    const dataDir = await makeFolder();
    const server = await start(dataDir);
    await server.stop();
    await rm(join(dataDir, 'postgres-password'));
    await expect(start(dataDir)).rejects.toThrow(/postgres-password is missing: restore it/);
  });

  it('takes no folder for a database that is none', async () => {
    const dataDir = await makeFolder();
    await start(dataDir).then((server) => server.stop());
    await rm(join(dataDir, 'postgres', 'PG_VERSION'));
    await expect(start(dataDir)).rejects.toThrow(/is not a database: move it away/);
  });
});

describe('the binaries', () => {
  it('get their symlinks when the install script was blocked', async () => {
    const binaries = await copyBinaries(await makeFolder());
    const links = await removeSymlinks(binaries);
    const server = await start(await makeFolder(), { binaries });
    expect(await ask(server.url, 'SELECT 1 AS alive')).toEqual({ alive: 1 });
    expect(await Promise.all(links.map(({ path }) => readlink(path)))).toEqual(links.map(({ to }) => to));
  });

  it('are missed with a way out on a platform that has none', async () => {
    const arch = Object.getOwnPropertyDescriptor(process, 'arch')!;
    cleanUps.push(() => Object.defineProperty(process, 'arch', arch));
    Object.defineProperty(process, 'arch', { ...arch, value: 'pdp11' });
    await expect(start(await makeFolder())).rejects.toThrow(/@embedded-postgres\/\w+-pdp11.*Set DATABASE_URL/);
  });

  it('are refused with a way out where glibc is missing', async () => {
    const binaries = await copyBinaries(await makeFolder());
    // What a program looks like whose loader does not exist.
    await writeFile(join(binaries, 'native', 'bin', 'postgres'), '#!/lib64/ld-linux-of-another-system.so\n');
    await expect(start(await makeFolder(), { binaries })).rejects.toThrow(/needs glibc.*Set DATABASE_URL/);
  });
});

describe('a checkout below a folder that is closed to others', () => {
  const expectations = isRoot
    ? { place: /^\/var\/lib\/sms-inbound\/[0-9a-f]{16}$/, lines: 2 } // said: where the data is, where the programs are
    : { place: /\/project\/\.data$/, lines: 0 };

  it('has its data and programs where the server can get at them', async () => {
    const closed = await makeFolder(0o700);
    const binaries = await copyBinaries(closed);
    await removeSymlinks(binaries);
    const dataDir = join(closed, 'project', '.data');
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);

    const server = await start(dataDir, { binaries, log });
    const home = dirname(String((await ask(server.url, 'SHOW data_directory'))['data_directory']));
    if (home !== dataDir) cleanUps.push(() => rm(home, { recursive: true }));
    expect(home).toMatch(expectations.place);
    expect(lines.filter((line) => line.includes(home)).length).toBe(expectations.lines + 1);
    expect(existsSync(join(dataDir, 'postgres-password'))).toBe(true);
    await ask(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await server.stop();

    const second = await start(dataDir, { binaries, log });
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });

    // Whoever deletes the data folder wants an empty database, wherever it was kept, and even while the old server runs.
    if (!isRoot) await second.stop();
    await rm(dataDir, { recursive: true });
    const anew = await start(dataDir, { binaries, log });
    await expect(ask(anew.url, 'SELECT answer FROM kept')).rejects.toMatchObject({ code: '42P01' });
  });
});

// --- Programs, folders, questions ---------------------------------------------------------------------------------------------

async function makeFolder(mode = 0o711): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sms-inbound-embedded-')));
  cleanUps.push(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));
  await chmod(folder, mode);
  return folder;
}

async function start(
  dataDir: string,
  options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, ...options });
  cleanUps.push(() => server.stop());
  return server;
}

function spawnProgram(dataDir: string, ...more: string[]): ChildProcess {
  const program = join(import.meta.dirname, '../support/embedded-postgres.process.ts');
  const child = spawn(process.execPath, [program, dataDir, ...more], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUps.push(() => kill(child));
  return child;
}

async function startProgram(
  dataDir: string,
  ...more: string[]
): Promise<{ child: ChildProcess; url: string; port: number }> {
  const child = spawnProgram(dataDir, ...more);
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { url: string; port: number }) };
}

/** Its process group with it, so that an initdb under way dies too. The server is in a session of its own. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid!, 'SIGKILL');
  await exitOf(child);
}

async function exitOf(child: ChildProcess): Promise<{ code: number | null }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode };
}

async function serverPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Data with a table `kept`, and the postmaster.pid of a server that is no more. */
async function leaveStalePidFile(dataDir: string, choosePid: (dataDir: string) => Promise<number>): Promise<string> {
  const server = await start(dataDir);
  await ask(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
  await server.stop();
  const stale = [await choosePid(dataDir), ...rest].join('\n');
  await writeFile(pidFile, stale);
  return stale;
}

async function deadPid(): Promise<number> {
  const child = spawn('true');
  await exitOf(child);
  return child.pid!;
}

/** Of the server's user: that is where PostgreSQL takes any program for a server. */
async function foreignPid(dataDir: string): Promise<number> {
  const { uid, gid } = await stat(join(dataDir, 'postgres'));
  const child = spawn('sleep', ['600'], { cwd: '/', ...(isRoot ? { uid, gid } : {}) });
  cleanUps.push(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child.pid!;
}

async function copyBinaries(folder: string): Promise<string> {
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string };
  const copy = join(folder, 'binaries');
  await mkdir(copy);
  await cp(dirname(dirname(dirname(postgres))), copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function removeSymlinks(binaries: string): Promise<{ path: string; to: string }[]> {
  const entries = await readdir(join(binaries, 'native', 'lib'), { withFileTypes: true });
  const paths = entries.filter((entry) => entry.isSymbolicLink()).map((entry) => join(entry.parentPath, entry.name));
  expect(paths.length).toBeGreaterThan(10);
  const links = await Promise.all(paths.map(async (path) => ({ path, to: await readlink(path) })));
  for (const { path } of links) await rm(path);
  return links;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return ((await client.query(sql)).rows as Record<string, unknown>[])[0] ?? {};
  } finally {
    await client.end();
  }
}

async function eventually<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(2);
  }
}
