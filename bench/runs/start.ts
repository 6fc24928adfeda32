import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../scripts/free-port.ts';
import { BUILT_MAIN, NODE_FLAGS } from '../../scripts/service-process.ts';
import { seconds, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { median } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

/** From the start of `main.js` until it listens, on a database that is up to date. */
export async function runStart(ground: Ground, { starts }: Sizes): Promise<Report> {
  const { url, drop } = await ground.createDatabase();
  try {
    const times: number[] = [];
    for (let n = 0; n < starts; n++) times.push(await measureStart(ground, url));
    return {
      title: 'Start',
      how: `\`node dist/main.js\` with all roles on an external database that is up to date, until it says that it listens; median of ${starts}; the first one compiles for the others.`,
      figures: [
        seconds('start.seconds', 'until it listens', median(times), { below: 1.5 }),
        seconds('start.most', 'the slowest', Math.max(...times)),
      ],
    };
  } finally {
    await drop();
  }
}

async function measureStart({ dataDir, twilioUrl }: Ground, databaseUrl: string): Promise<number> {
  const port = String(await findFreePort());
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, BUILT_MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: port,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      TWILIO_API_BASE_URL: twilioUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  const exit = once(child, 'exit');
  let took: number | null = null;
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('sms-inbound listens')) continue;
    took = (performance.now() - startedAt) / 1_000;
    child.kill('SIGTERM');
  }
  await exit;
  process.off('exit', end);
  if (took === null) throw new Error('main.js ended before it listened.');
  return took;
}
