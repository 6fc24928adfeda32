import { DataSource } from 'typeorm';
import { ensureFirstAccount } from '../access/first-account.js';
import { createApp, MAX_CONNECTIONS } from './create-app.js';
import { EnvironmentError, loadEnvironment } from '../config/load-environment.js';
import { migrate, openDatabase } from '../database/prepare-database.js';
import { createLogger } from './logger.js';
import { openQueueBackend } from '../queue/queue-backend.js';

const STOP_TIMEOUT_MS = 25_000;

/** Close what was opened, in the order of opening. */
const closers: (() => Promise<void>)[] = [];
const stopping = new AbortController();

/** Starts the configuration, database, queues and application, each of which needs the previous one. */
async function start(): Promise<void> {
  const environment = loadEnvironment();
  const logger = createLogger(environment);
  const log = (line: string): void => logger.info(line);
  const waiting = { log, stopping: stopping.signal };
  const database = await openDatabase(environment, waiting);
  closers.push(() => database.stop());
  const { location } = database;
  if (environment.MIGRATE_AT_START) await migrate(location.url, waiting);
  const backend = await openQueueBackend(environment, location, waiting);
  closers.push(() => backend.close());
  const app = await createApp(environment, location, backend, logger);
  closers.push(() => app.close());
  const secrets = await ensureFirstAccount(app.get(DataSource), environment.DATA_DIR);
  if (secrets.length > 0)
    log(`Created the first credentials: ${secrets.join(' and ')} (only this user can read them).`);
  await app.listen({ port: environment.PORT, host: environment.HOST, backlog: MAX_CONNECTIONS });
  log(`sms-inbound listens on ${await app.getUrl()} (${environment.ROLES.join(', ')}; queues on ${backend.kind}).`);
}

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

const started = start();

/** Also works during startup, and closes whatever was opened until then. */
function stop(): void {
  if (stopping.signal.aborted) return;
  stopping.abort();
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  started
    .catch(() => undefined)
    .then(closeAll)
    .then(
      () => process.exit(),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

started.catch(async (error: unknown) => {
  if (stopping.signal.aborted) return;
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : describe(error)}\n`);
  await closeAll().catch((cause: unknown) => process.stderr.write(`Stopping failed too: ${String(cause)}\n`));
  process.exit(1);
});

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, address, port, path } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Free it, or set PORT to another one.`;
  if (code === 'EADDRNOTAVAIL') {
    return `${address} is not an address of this machine. Set HOST to one that is, or to 0.0.0.0 for all of them.`;
  }
  if (syscall === 'mkdir') return `${path} cannot be created (${code}). Set DATA_DIR to a writable folder.`;
  return error.stack ?? error.message;
}
