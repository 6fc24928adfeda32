// The built service as a child process: for what needs it running (demo, OpenAPI, tests).
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');

/** Words for `node` before the script: it then ends in order when its starter is gone. Needs an IPC channel. */
export const END_WITH_STARTER = ['--import', pathToFileURL(join(import.meta.dirname, 'end-with-starter.ts')).href];

export interface ServiceProcess {
  url: string;
  child: ChildProcess;
  /** SIGTERM, then waits until it is gone; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface ServiceOptions extends Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> {
  env: Record<string, string | undefined>;
  /** Where its log goes; dropped when left out. */
  logFile?: string;
  /** Of the build to run. */
  main?: string;
  /** The Node to run it with. */
  node?: string;
  /** Where its pid is noted. With it the service ends in order when its starter is gone, even by kill -9. */
  pidFile?: string;
}

/**
 * How the image and `npm start` run it too. Without limits V8 takes twice the memory before it collects
 * (docs/decisions/0020-limit-the-heap-of-a-process.md).
 */
export const NODE_FLAGS = ['--enable-source-maps', '--max-old-space-size=256', '--max-semi-space-size=8'];

/** One for all: folders of data come and go. */
const COMPILE_CACHE = join(root, 'node_modules', '.cache', 'sms-inbound-compiled');

/** Starts `dist/main.js` and resolves when it is ready for traffic. PORT is a free one unless given. */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const { env, logFile, main = join(root, 'dist', 'main.js'), node = process.execPath, pidFile, ...where } = options;
  const port = env['PORT'] ?? String(await findFreePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(node, [...(pidFile === undefined ? [] : END_WITH_STARTER), ...NODE_FLAGS, main], {
    ...where,
    // A process group of its own: Ctrl-C reaches the starter alone, which stops it in order.
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
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!isGone()) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    return child.exitCode;
  };
  if (pidFile === undefined) process.once('exit', () => isGone() || child.kill('SIGKILL'));
  await untilReady(url, isGone, lastLines);
  return { url, child, stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) };
}

async function untilReady(url: string, isGone: () => boolean, lastLines: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (isGone()) throw new Error(`The service did not start:\n${lastLines.join('')}`);
    if (Date.now() > deadline) throw new Error(`The service is not ready after 60 s:\n${lastLines.join('')}`);
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** `preferred` if nobody listens there, else one at random that is free. */
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
 * Below those that systems give to outgoing connections, one of which might else take it until it is used; above the last
 * one that fetch and browsers refuse to go to (10080).
 */
const randomPort = (): number => randomInt(10_100, 32_768);
