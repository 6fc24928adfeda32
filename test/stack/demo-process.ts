import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasEnded } from '../../scripts/child-process.ts';
import { findFreePort } from '../../scripts/free-port.ts';
import { eventually } from '../support/eventually.ts';

const root = join(import.meta.dirname, '../..');

export interface DemoProcess {
  child: ChildProcess;
  /** What it has printed so far. */
  output: () => string;
  /** What it wrote into demo.json. */
  demo: Record<string, string>;
  /** Ctrl-C as a terminal sends it; resolves with the exit code. */
  stop: () => Promise<number | null>;
}

/** `npm run demo`, in a process group of its own like a terminal's; resolves once its banner stands. */
export async function startDemo(env: Record<string, string> & { DATA_DIR: string }): Promise<DemoProcess> {
  const ports = { PORT: String(await findFreePort()), SIMULATOR_PORT: String(await findFreePort()) };
  const child = spawn(process.execPath, [join(root, 'demo/main.ts')], {
    detached: true,
    env: { PATH: process.env['PATH'], ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk));
  await eventually(
    'the banner',
    () => {
      if (hasEnded(child)) throw new Error(`The demo ended before its banner:\n${printed}`);
      return printed.includes('Ctrl-C stops everything');
    },
    60_000,
  );
  return {
    child,
    output: () => printed,
    demo: JSON.parse(await readFile(join(env.DATA_DIR, 'demo.json'), 'utf8')) as Record<string, string>,
    stop: async () => {
      if (hasEnded(child)) return child.exitCode;
      const exit = once(child, 'exit');
      process.kill(-child.pid!, 'SIGINT');
      await exit;
      return child.exitCode;
    },
  };
}
