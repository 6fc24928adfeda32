import { DataSource } from 'typeorm';
import { ensureFirstAccount } from './access/first-account.js';
import { createApp } from './app.js';
import { EnvironmentError, loadEnvironment } from './config/load-environment.js';
import { migrate, openDatabase } from './database/prepare-database.js';
import { createLogger } from './logger.js';
import { openQueueBackend } from './queue/queue-backend.js';

const STOP_DEADLINE_MS = 25_000;

/** Configuration, database, queue, application, in this order: each needs the one before. */
async function start(): Promise<void> {
  const environment = loadEnvironment();
  const logger = createLogger(environment);
  const say = (line: string): void => logger.info(line);
  const database = await openDatabase(environment, say);
  environment.DATABASE_URL = database.url;
  if (environment.MIGRATE_AT_START) await migrate(database.url);
  const backend = await openQueueBackend(environment);
  const app = await createApp(environment, backend, logger);
  const secrets = await ensureFirstAccount(app.get(DataSource), environment.DATA_DIR);
  if (secrets.length > 0) say(`Made what lets you in first: ${secrets.join(' and ')} (only you can read them).`);
  await app.listen(environment.PORT, environment.HOST);
  say(`sms-inbound listens on ${await app.getUrl()} (${environment.ROLES.join(', ')}; queues on ${backend.kind}).`);

  stopOnSignal(async () => {
    await app.close();
    await backend.close();
    await database.stop();
  });
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : describe(error)}\n`);
  process.exit(1);
});

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Free it, or set PORT to another one.`;
  return error.stack ?? error.message;
}
