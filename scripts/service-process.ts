// Starts the built service as a child process, for the demo, the OpenAPI document and the tests.
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');

/** Arguments for `node` with which a process shuts down gracefully when its parent is gone. They need an IPC channel. */
export const END_WITH_STARTER = ['--import', pathToFileURL(join(import.meta.dirname, 'end-with-starter.ts')).href];

export interface ServiceProcess {
  url: string;
  child: ChildProcess;
  /** Sends SIGTERM and waits for the exit; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL and waits for the exit. */
  kill(): Promise<void>;
}

export interface ServiceOptions extends Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> {
  env: Record<string, string | undefined>;
  /** The file for its log, which is dropped if left out. */
  logFile?: string;
  /** The script to run; by default that of this build. */
  main?: string;
  /** The Node binary to run it with. */
  node?: string;
  /** The file for its pid. If set, the service shuts down gracefully when its parent is gone, even by kill -9. */
  pidFile?: string;
}

/**
 * The image and `npm start` use the same flags. Without limits V8 takes twice the memory before it collects garbage
 * (docs/decisions/0012-a-door-of-its-own.md).
 */
export const NODE_FLAGS = ['--enable-source-maps', '--max-old-space-size=256', '--max-semi-space-size=8'];

/** One cache for all starts, since their data folders are temporary. */
const COMPILE_CACHE = join(root, 'node_modules', '.cache', 'sms-inbound-compiled');

/** Starts `dist/main.js` and resolves when it is ready for requests. By default PORT is a free one. */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const { env, logFile, main = join(root, 'dist', 'main.js'), node = process.execPath, pidFile, ...where } = options;
  const port = env['PORT'] ?? String(await findFreePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(node, [...(pidFile === undefined ? [] : END_WITH_STARTER), ...NODE_FLAGS, main], {
    ...where,
    // It has its own process group, so that Ctrl-C only reaches the parent, which then stops it gracefully.
    detached: true,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe', ...(pidFile === undefined ? [] : (['ipc'] as const))],
  });
  if (pidFile !== undefined) writeFileSync(pidFile, `${child.pid}\n`);
  const lastLines: string[] = [];
  const log = logFile === undefined ? null : createWriteStream(logFile, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log?.write(chunk);
      lastLines.push(chunk.toString());
      if (lastLines.length > 20) lastLines.shift();
    });
  }
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!hasExited()) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    return child.exitCode;
  };
  if (pidFile === undefined) process.once('exit', () => hasExited() || child.kill('SIGKILL'));
  await untilReady(url, hasExited, lastLines);
  return { url, child, stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) };
}

async function untilReady(url: string, hasExited: () => boolean, lastLines: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (hasExited()) throw new Error(`The service did not start:\n${lastLines.join('')}`);
    if (Date.now() > deadline) throw new Error(`The service is not ready after 60 s:\n${lastLines.join('')}`);
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Returns `preferred` if it is free, otherwise a random free port. */
export async function findFreePort(preferred = randomPort()): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return findFreePort();
  }
  server.close();
  await once(server, 'close');
  return preferred;
}

/**
 * A port below the range of outgoing connections, one of which might otherwise take it before it is used, and above the last
 * port that fetch and browsers refuse (10080).
 */
const randomPort = (): number => randomInt(10_100, 32_768);
