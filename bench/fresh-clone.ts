// How long a newcomer waits: clones this repository into a temporary folder and runs the README's first command there,
// then starts the demo a second time. Prints one line.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findFreePort } from '../scripts/free-port.ts';
import { makeTemporaryFolder } from '../scripts/temporary-folder.ts';

const root = join(import.meta.dirname, '..');
const folder = await makeTemporaryFolder('fresh');
const clone = join(folder.path, 'clone');
execFileSync('git', ['clone', '--quiet', root, clone]);

// As on the machine itself: without what this repository's own npm put into PATH.
const path = (process.env['PATH'] ?? '').split(':').filter((place) => !place.includes('node_modules'));
const env = {
  ...process.env,
  PATH: path.join(':'),
  PORT: String(await findFreePort()),
  SIMULATOR_PORT: String(await findFreePort()),
};

try {
  const first = await measure('npm ci && npm run demo');
  const second = await measure('npm run demo');
  console.log(`from a clean clone to the banner ${first.toFixed(1)} s, second start ${second.toFixed(1)} s`);
} finally {
  await folder.remove();
}

/** Seconds from the command to the demo's banner; the demo is stopped then, as by Ctrl-C. */
async function measure(command: string): Promise<number> {
  const startedAt = performance.now();
  const shell = spawn('bash', ['-c', command], { cwd: clone, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await untilBanner(shell);
  const seconds = (performance.now() - startedAt) / 1_000;
  const exit = once(shell, 'exit');
  process.kill(-shell.pid!, 'SIGINT');
  await exit;
  return seconds;
}

async function untilBanner(shell: ChildProcess): Promise<void> {
  let printed = '';
  const banner = new Promise<void>((resolve) => {
    for (const stream of [shell.stdout!, shell.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk;
        if (printed.includes('Ctrl-C stops everything')) resolve();
      });
    }
  });
  const gone = once(shell, 'exit').then(() => {
    throw new Error(`It ended before its banner:\n${printed}`);
  });
  await Promise.race([banner, gone]);
  // The exit that follows is the one we ask for.
  gone.catch(() => undefined);
}
