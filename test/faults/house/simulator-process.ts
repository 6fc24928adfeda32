import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunningSimulator } from '../../../simulator/src/simulator.ts';
import { atExit } from './at-exit.ts';

const main = join(import.meta.dirname, '../../../simulator/src/main.ts');

/** Twilio, in a process of its own: what we do must not make it slow. */
export async function startSimulatorProcess(): Promise<RunningSimulator> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], SIMULATOR_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { simulatorUrl: url, ...account } = JSON.parse(line) as Record<string, string>;
  return {
    url: url!,
    accountSid: account['accountSid']!,
    authToken: account['authToken']!,
    close: async () => {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
      forget();
    },
  };
}
