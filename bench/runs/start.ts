import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort, NODE_FLAGS } from '../../scripts/service-process.ts';
import { seconds, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { median } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

const main = join(import.meta.dirname, '../../dist/main.js');

/** Measures from the start of `main.js` until it listens, on a database that is up to date. */
export async function runStart(ground: Ground, { starts }: Sizes): Promise<Report> {
  const { url, drop } = await ground.createDatabase();
  try {
    const times: number[] = [];
    for (let n = 0; n < starts; n++) times.push(await measureStart(ground, url));
    return {
      title: 'Start',
      how: `\`node dist/main.js\` with all roles on an external database that is up to date, until it logs that it listens. Median of ${starts} starts; the first one fills the compile cache for the others.`,
      figures: [
        seconds('start.seconds', 'time until it listens', median(times), { below: 1.5 }),
        seconds('start.most', 'slowest start', Math.max(...times)),
      ],
    };
  } finally {
    await drop();
  }
}

async function measureStart({ dataDir, twilioUrl }: Ground, databaseUrl: string): Promise<number> {
  const port = String(await findFreePort());
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, main], {
    env: {
      PATH: process.env['PATH'],
      PORT: port,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      TWILIO_API_BASE_URL: twilioUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const exit = once(child, 'exit');
  let took: number | null = null;
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('sms-inbound listens')) continue;
    took = (performance.now() - startedAt) / 1_000;
    child.kill('SIGTERM');
  }
  await exit;
  process.off('exit', kill);
  if (took === null) throw new Error('main.js exited before it listened.');
  return took;
}
