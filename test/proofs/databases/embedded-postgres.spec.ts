import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  ask,
  cleanUp,
  cleanUps,
  copyBinaries,
  deadPid,
  exitOf,
  foreignPid,
  isRoot,
  kill,
  leaveStalePidFile,
  makeFolder,
  removeSymlinks,
  serverPid,
  spawnProgram,
  start,
  startProgram,
} from '../../support/embedded-postgres.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(cleanUp);

describe('the server', () => {
  it('starts a new log when it has grown too long', async () => {
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
    const half = await eventually('the first files of a database', async () => {
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
    expect(links.length).toBeGreaterThan(10);
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
    expect((await removeSymlinks(binaries)).length).toBeGreaterThan(10);
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
    const restarted = await start(dataDir, { binaries, log });
    await expect(ask(restarted.url, 'SELECT answer FROM kept')).rejects.toMatchObject({ code: '42P01' });
  });
});
