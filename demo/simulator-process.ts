import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { END_WITH_STARTER } from '../scripts/service-process.ts';

export interface SimulatorProcess {
  url: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the simulated Twilio as a child process that ends with this one; resolves when it accepts requests. */
export async function startSimulatorProcess(env: Record<string, string>, pidFile: string): Promise<SimulatorProcess> {
  const main = join(import.meta.dirname, '..', 'simulator', 'src', 'main.ts');
  const child = spawn(process.execPath, [...END_WITH_STARTER, main], {
    detached: true,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  writeFileSync(pidFile, `${child.pid}\n`);
  const [line] = (await Promise.race([once(createInterface(child.stdout!), 'line'), failed(child)])) as [string];
  const { simulatorUrl } = JSON.parse(line) as { simulatorUrl: string };
  return {
    url: simulatorUrl,
    child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number];
  throw new Error(`The simulator ended with code ${code} before it was ready.`);
}
