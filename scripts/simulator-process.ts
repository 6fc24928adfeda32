// Twilio on this machine as a child process: for the demo, and for tests that it must not slow down or be slowed down by.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunningSimulator } from '../simulator/src/simulator.ts';
import { END_WITH_STARTER, endChild } from './child-process.ts';

const main = join(import.meta.dirname, '..', 'simulator', 'src', 'main.ts');

export interface SimulatorProcess extends RunningSimulator {
  child: ChildProcess;
}

export interface SimulatorOptions {
  /** Its settings; without SIMULATOR_PORT it takes a free one. */
  env?: Record<string, string>;
  /** Where its pid is noted. */
  pidFile?: string;
}

/** Resolves when it takes requests; it ends in order when this process is gone, even by kill -9. */
export async function startSimulatorProcess({ env, pidFile }: SimulatorOptions = {}): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [...END_WITH_STARTER, main], {
    detached: true,
    env: { PATH: process.env['PATH'], SIMULATOR_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (pidFile !== undefined) writeFileSync(pidFile, `${child.pid}\n`);
  const [line] = (await Promise.race([once(createInterface(child.stdout!), 'line'), failed(child)])) as [string];
  const { simulatorUrl: url, ...account } = JSON.parse(line) as Record<
    'simulatorUrl' | 'accountSid' | 'authToken',
    string
  >;
  return { url, ...account, child, close: async () => void (await endChild(child, 'SIGTERM')) };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number];
  throw new Error(`The simulator ended with code ${code} before it was ready.`);
}
