// `npm run demo` starts the service, a simulated Twilio, and a campaign with two entry points. Nothing leaves the machine.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { findFreePort } from '../scripts/free-port.ts';
import { startService } from '../scripts/service-process.ts';
import { startSimulatorProcess } from '../scripts/simulator-process.ts';
import { prepareAdmin } from './admin.ts';
import { banner } from './banner.ts';
import type { Demo } from './demo.ts';
import { findRunning, untilGone } from './earlier-run.ts';
import { seed } from './seed.ts';

const ACCOUNT_SID = `AC${'5150'.repeat(8)}`;

const dataDir = resolve(process.env['DATA_DIR'] || '.data');
mkdirSync(dataDir, { recursive: true });
const demoFile = join(dataDir, 'demo.json');

const ownProcess = { pidFile: join(dataDir, 'demo.pid'), word: 'demo/main.ts' };
const serviceProcess = { pidFile: join(dataDir, 'service.pid'), word: 'dist/main.js' };
const simulatorProcess = { pidFile: join(dataDir, 'simulator.pid'), word: 'simulator/src/main.ts' };
const other = findRunning(ownProcess);
if (other !== null && other !== process.pid) {
  console.error(`A demo already runs on ${dataDir} (process ${other}). Stop it, or set DATA_DIR to another folder.`);
  process.exit(1);
}
writeFileSync(ownProcess.pidFile, `${process.pid}\n`);
await untilGone([serviceProcess, simulatorProcess]);

const port = await choosePort('PORT', 3000);
const simulatorPort = await choosePort('SIMULATOR_PORT', 4010);
const previous = readPreviousDemo();
// The service has stored the token, and Twilio's real one would not change between two starts either.
const authToken = previous.authToken ?? randomBytes(16).toString('hex');

const simulator = await startSimulatorProcess({
  env: {
    SIMULATOR_PORT: String(simulatorPort),
    SIMULATOR_ACCOUNT_SID: ACCOUNT_SID,
    SIMULATOR_AUTH_TOKEN: authToken,
    SIMULATOR_STATE: join(dataDir, 'simulator.json'),
  },
  pidFile: ofSimulator.pidFile,
});
const service = await startService({
  env: {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_API_BASE_URL: simulator.url,
  },
  logFile: join(dataDir, 'service.log'),
  pidFile: serviceProcess.pidFile,
});

const apiKey = readFileSync(join(dataDir, 'first-api-key'), 'utf8').trim();
const demo: Demo = {
  baseUrl: service.url,
  apiKey,
  consoleUrl: `${service.url}/`,
  ...(await prepareAdmin({ baseUrl: service.url, apiKey, dataDir, previous })),
  simulatorUrl: simulator.url,
  accountSid: ACCOUNT_SID,
  authToken,
  ...queueOf(),
};
const entryPoints = await seed(demo);
writeFileSync(demoFile, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
chmodSync(demoFile, 0o600);
console.log(banner(demo, entryPoints, dataDir));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
service.child.once('exit', () => void stop(1, `The service stopped; its log is in ${join(dataDir, 'service.log')}.`));
simulator.child.once('exit', () => void stop(1, 'The simulator stopped.'));

async function stop(code: number, reason?: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (reason !== undefined) console.error(reason);
  await Promise.all([service.stop(), simulator.close()]);
  console.log('Stopped everything it started. The data stays in the data folder.');
  process.exit(code);
}

async function choosePort(variable: string, defaultPort: number): Promise<number> {
  const wanted = Number(process.env[variable] || defaultPort);
  const free = await findFreePort(wanted);
  if (free !== wanted) console.log(`${variable} ${wanted} is used by another program; using ${free}.`);
  return free;
}

/** The `demo.json` of the previous run. */
function readPreviousDemo(): Partial<Demo> {
  return existsSync(demoFile) ? (JSON.parse(readFileSync(demoFile, 'utf8')) as Demo) : {};
}

/** Where the event queues are, for programs that read them directly. */
function queueOf(): Pick<Demo, 'databaseUrl' | 'redisUrl'> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  if (REDIS_URL) return { redisUrl: REDIS_URL };
  return { databaseUrl: DATABASE_URL ?? readFileSync(join(dataDir, 'database-url'), 'utf8').trim() };
}
