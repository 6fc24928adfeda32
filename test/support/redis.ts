import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../scripts/service-process.ts';

export interface TestRedisOptions {
  /** `true`: every write is on disk before it is answered, so `kill()` loses none. `everysec`: Redis's own default. */
  appendOnly?: boolean | 'everysec';
  /** To start a server on the port of a previous one. */
  port?: number;
  /** To start a server with the data of a previous one. `stop()` keeps the folder. */
  dataDir?: string;
}

export interface TestRedis {
  url: string;
  port: number;
  dataDir: string;
  pid: number;
  stop(): Promise<void>;
  /** Sends SIGKILL. `stop()` is still needed. */
  kill(): Promise<void>;
}

/** Starts a real Redis on 127.0.0.1, configured as BullMQ requires. */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sms-inbound-redis-')));
  const removeData = async (): Promise<void> => {
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  const { child, port } = await startServer(dataDir, options).catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  const endWith = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child.kill(signal)) return; // already exited
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    dataDir,
    pid: child.pid!,
    kill: () => endWith('SIGKILL'),
    stop: async () => {
      await endWith('SIGTERM');
      await removeData();
    },
  };
}

async function startServer(dataDir: string, options: TestRedisOptions): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    const settings = {
      bind: '127.0.0.1',
      port: String(port),
      dir: dataDir,
      save: '',
      'maxmemory-policy': 'noeviction',
      appendonly: options.appendOnly ? 'yes' : 'no',
      appendfsync: options.appendOnly === 'everysec' ? 'everysec' : 'always',
    };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn').catch((cause: unknown) => {
      throw new Error('redis-server is missing: run `node scripts/ensure-test-tools.ts`', { cause });
    });
    const output = await readUntilReady(child);
    if (output === 'ready') return { child, port };
    const wasPortTaken = output.includes('Address already in use');
    if (!wasPortTaken || options.port || attempt === 5) throw new Error(`redis-server did not start:\n${output}`);
  }
}

async function readUntilReady(child: ChildProcess): Promise<string> {
  const lines: string[] = [];
  child.stderr!.resume();
  for await (const line of createInterface(child.stdout!)) {
    lines.push(line);
    if (line.includes('Ready to accept connections')) {
      child.stdout!.resume(); // a full pipe would block it
      return 'ready';
    }
  }
  return lines.join('\n');
}
