import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAdmin } from './admin.ts';
import type { DataFolder } from './data-folder.ts';
import { type Demo, readDemo, writeDemo } from './demo.ts';
import { type EntryPoint, seed } from './seed.ts';
import type { SimulatedTwilio } from './twilio.ts';

interface Running {
  baseUrl: string;
  consoleUrl: string;
  twilio: SimulatedTwilio;
  /** Where the service keeps its rows, unless DATABASE_URL says it. */
  databaseUrl?: string;
}

/** Gives the running service an admin, a campaign and entry points, and writes down for programs where everything is. */
export async function fill(folder: DataFolder, running: Running): Promise<{ demo: Demo; entryPoints: EntryPoint[] }> {
  const { baseUrl, consoleUrl, twilio } = running;
  const apiKey = readFileSync(join(folder.path, 'first-api-key'), 'utf8').trim();
  const previous = readDemo(folder.path);
  const demo: Demo = {
    baseUrl,
    apiKey,
    consoleUrl,
    ...(await prepareAdmin({ baseUrl, apiKey, dataDir: folder.path, previous })),
    simulatorUrl: twilio.simulator.url,
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    ...queueOf(folder, running.databaseUrl),
  };
  const entryPoints = await seed(demo);
  writeDemo(folder.path, demo);
  return { demo, entryPoints };
}

/** For programs that read the event queue themselves. */
function queueOf(
  folder: DataFolder,
  databaseUrl = process.env['DATABASE_URL'],
): Pick<Demo, 'databaseUrl' | 'redisUrl'> {
  const redisUrl = process.env['REDIS_URL'];
  if (redisUrl) return { redisUrl };
  return { databaseUrl: databaseUrl || readFileSync(join(folder.path, 'database-url'), 'utf8').trim() };
}
