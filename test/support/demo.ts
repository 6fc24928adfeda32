import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../scripts/service-process.ts';
import { eventually } from './eventually.ts';

const root = join(import.meta.dirname, '../..');

export interface DemoProcess {
  child: ChildProcess;
  /** Everything it has printed so far. */
  output: () => string;
  /** The contents of demo.json. */
  demo: Record<string, string>;
  /** Sends Ctrl-C as a terminal does; resolves with the exit code. */
  stop: () => Promise<number | null>;
}

/** Runs the demo in its own process group, as a terminal does; resolves once it has printed its banner. */
export async function startDemo(env: Record<string, string> & { DATA_DIR: string }): Promise<DemoProcess> {
  const ports = { PORT: String(await findFreePort()), SIMULATOR_PORT: String(await findFreePort()) };
  const child = spawn(process.execPath, [join(root, 'demo/main.ts')], {
    detached: true,
    env: { PATH: process.env['PATH'], ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk));
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await eventually(
    'the banner',
    () => {
      if (hasExited()) throw new Error(`The demo ended before its banner:\n${printed}`);
      return printed.includes('Ctrl-C stops everything');
    },
    60_000,
  );
  return {
    child,
    output: () => printed,
    demo: JSON.parse(await readFile(join(env.DATA_DIR, 'demo.json'), 'utf8')) as Record<string, string>,
    stop: async () => {
      if (hasExited()) return child.exitCode;
      const exit = once(child, 'exit');
      process.kill(-child.pid!, 'SIGINT');
      await exit;
      return child.exitCode;
    },
  };
}
