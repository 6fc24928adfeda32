import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { endChild } from '../../scripts/child-process.ts';
import { findFreePort } from '../../scripts/free-port.ts';
import { atExit } from './at-exit.ts';
import { makeFolderUntilExit } from './temporary-folder.ts';

export interface TestRedisOptions {
  /** Writes what it is told to its disk, once a second; else it forgets everything when it ends. */
  appendOnly?: boolean;
}

/** A Redis server that can be broken, on a port that stays. It does not outlive this process. */
export interface TestRedis {
  url: string;
  stop(): Promise<void>;
  /** kill -9. `stop()` is still needed. */
  kill(): Promise<void>;
  /** With what it had on disk. */
  startAgain(): Promise<void>;
  flush(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** A real Redis on 127.0.0.1, empty, set up as BullMQ wants it. */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const folder = await makeFolderUntilExit('redis');
  const start = (port?: number) => startServer(folder.path, { ...options, port });
  let { child, port } = await start().catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    stop: async () => {
      await endChild(child, 'SIGTERM');
      forget();
      await folder.remove();
    },
    kill: async () => void (await endChild(child, 'SIGKILL')),
    startAgain: async () => {
      ({ child, port } = await start(port));
    },
    flush: async () => {
      const client = new Redis(url);
      await client.flushall();
      client.disconnect();
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

async function startServer(
  dataDir: string,
  options: TestRedisOptions & { port: number | undefined },
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    const settings = {
      bind: '127.0.0.1',
      port: String(port),
      dir: dataDir,
      save: '',
      'maxmemory-policy': 'noeviction',
      appendonly: options.appendOnly ? 'yes' : 'no',
      appendfsync: 'everysec',
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
