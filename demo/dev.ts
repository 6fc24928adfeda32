// `npm run dev`: the service, which starts again whenever its sources change, the console with hot reload, and Twilio on this
// machine. PostgreSQL stays up from one start of the service to the next.
import { join } from 'node:path';
import { banner } from './banner.ts';
import { choosePort } from './choose-port.ts';
import { startConsole } from './console-process.ts';
import { takeDataFolder } from './data-folder.ts';
import { fill } from './fill.ts';
import { RestartingService } from './restarting-service.ts';
import { startTwilio } from './twilio.ts';
import { watchSources } from './watch-sources.ts';

interface Database {
  url: string;
  stop(): Promise<void>;
}

interface EmbeddedPostgresModule {
  startEmbeddedPostgres: (options: { dataDir: string; log: (line: string) => void }) => Promise<Database>;
}

const folder = await takeDataFolder('.data/dev', 'demo/dev.ts');
const port = await choosePort('PORT', 3000);
const database = await openDatabase();
const twilio = await startTwilio(folder);
const { simulator } = twilio;
const service = new RestartingService({
  env: {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: folder.path,
    DATABASE_URL: database.url,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_API_BASE_URL: simulator.url,
  },
  hasTerminal: true,
  pidFile: folder.servicePidFile,
});
const baseUrl = await service.start();
const hotConsole = await startConsole(baseUrl, await choosePort('CONSOLE_PORT', 5173));
const { demo, entryPoints } = await fill(folder, {
  baseUrl,
  consoleUrl: hotConsole.url,
  twilio,
  databaseUrl: database.url,
});
watchSources((files) => service.restart(files));
console.log(banner(demo, entryPoints, folder.path, 'this terminal'));
console.log(
  '  Save a file in src/ or migrations/: the service starts again. One in console/src: the browser has it at once.\n',
);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
simulator.child.once('exit', () => void stop(1, 'The simulator stopped.'));
hotConsole.child.once('exit', () => void stop(1, 'The console stopped.'));

async function stop(code: number, reason?: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (reason !== undefined) console.error(reason);
  await Promise.all([service.stop(), simulator.close(), hotConsole.stop()]);
  await database.stop();
  console.log('Stopped everything it started. The data stays in the data folder.');
  process.exit(code);
}

async function openDatabase(): Promise<Database> {
  const url = process.env['DATABASE_URL'];
  if (url) return { url, stop: () => Promise.resolve() };
  const built = join(import.meta.dirname, '../dist/database/embedded-postgres.js');
  const { startEmbeddedPostgres } = (await import(built)) as EmbeddedPostgresModule;
  return startEmbeddedPostgres({ dataDir: folder.path, log: console.log });
}
