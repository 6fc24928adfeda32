// Starts the built service as a child process, for the demo, the OpenAPI document and the tests.
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { END_WITH_STARTER, endChild, hasEnded } from './child-process.ts';
import { findFreePort } from './free-port.ts';

const root = join(import.meta.dirname, '..');

/** The program of the service, as `npm run build` makes it. */
export const BUILT_MAIN = join(root, 'dist', 'main.js');

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
  /** Its log goes to the terminal of this process, and nowhere else. */
  hasTerminal?: boolean;
  /** Of the build to run. */
  main?: string;
  /** The Node binary to run it with. */
  node?: string;
  /** The file for its pid. If set, the service shuts down gracefully when its parent is gone, even by kill -9. */
  pidFile?: string;
}

/**
 * How the image and `npm start` run it too. Without limits V8 takes twice the memory before it collects
 * (docs/decisions/0020-limit-the-heap-of-a-process.md).
 */
export const NODE_FLAGS = ['--enable-source-maps', '--max-old-space-size=256', '--max-semi-space-size=8'];

const READY_ANSWER_MS = 5_000;

/** One for all: folders of data come and go. */
const COMPILE_CACHE = join(root, 'node_modules', '.cache', 'sms-inbound-compiled');

/** Starts `dist/main.js` and resolves when it is ready for requests. By default PORT is a free one. */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const { env, logFile, main = BUILT_MAIN, node = process.execPath, pidFile, hasTerminal, ...where } = options;
  const port = env['PORT'] ?? String(await findFreePort());
  const url = `http://127.0.0.1:${port}`;
  const output = hasTerminal ? 'inherit' : 'pipe';
  const child = spawn(node, [...(pidFile === undefined ? [] : END_WITH_STARTER), ...NODE_FLAGS, main], {
    ...where,
    // It has its own process group, so that Ctrl-C only reaches the parent, which then stops it gracefully.
    detached: true,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env, PORT: port },
    stdio: ['ignore', output, output, ...(pidFile === undefined ? [] : (['ipc'] as const))],
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
  if (pidFile === undefined) process.once('exit', () => hasEnded(child) || child.kill('SIGKILL'));
  await untilReady(url, child, lastLines);
  return {
    url,
    child,
    stop: () => endChild(child, 'SIGTERM'),
    kill: async () => void (await endChild(child, 'SIGKILL')),
  };
}

async function untilReady(url: string, child: ChildProcess, lastLines: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (hasEnded(child)) throw new Error(`The service did not start:\n${lastLines.join('')}`);
    if (Date.now() > deadline) throw new Error(`The service is not ready after 60 s:\n${lastLines.join('')}`);
    if (await isReady(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether it takes traffic; a process that is frozen does not answer. */
export const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(READY_ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
