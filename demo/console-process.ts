import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { END_WITH_STARTER } from '../scripts/child-process.ts';

export interface ConsoleProcess {
  url: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');

/** The console with hot reload, from its sources; it takes the API from `serviceUrl`. Resolves when it can be opened. */
export async function startConsole(serviceUrl: string, port: number): Promise<ConsoleProcess> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const options = ['--port', String(port), '--strictPort', '--logLevel', 'warn', '--clearScreen', 'false'];
  const child = spawn(process.execPath, [...END_WITH_STARTER, vite, ...options], {
    cwd: join(root, 'console'),
    detached: true,
    env: { ...process.env, SERVICE_URL: serviceUrl },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const url = `http://127.0.0.1:${port}/`;
  for (let isUp = false; !isUp; await sleep(50)) {
    if (isGone()) throw new Error('The console did not start.');
    isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  }
  return {
    url,
    child,
    stop: async () => {
      if (isGone()) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
