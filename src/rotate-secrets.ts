import { DataSource } from 'typeorm';
import { SecretBox } from './common/secret-box.js';
import { loadEncryptionKeys } from './config/encryption-keys.js';
import { EnvironmentError, loadEnvironment } from './config/load-environment.js';
import { dataSourceOptions } from './database/data-source.js';
import { openDatabase } from './database/prepare-database.js';
import { checkSecrets, type ColumnReport, isDone, rotateSecrets } from './database/secret-rotation.js';

const DONE = 0;
const FAILED = 1;
const NOT_ALL = 2;

/**
 * `npm run secrets:rotate`, or `node dist/rotate-secrets.js` in the image: seals all secrets with the newest key, also
 * while the service runs. With --check it only looks. Exits with 0 when the older keys can be dropped, with 2 when not yet,
 * with 1 when it could not find out.
 */
async function main(): Promise<number> {
  const environment = loadEnvironment();
  const keys = loadEncryptionKeys(environment);
  const secrets = new SecretBox(keys);
  const database = await openDatabase(environment, say);
  try {
    const dataSource = await new DataSource(dataSourceOptions(database.url, 1)).initialize();
    try {
      const work = process.argv.includes('--check') ? checkSecrets : rotateSecrets;
      return report(await work(dataSource, secrets), [...keys.keys()]);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    if (!database.wasRunning) await database.stop();
  }
}

function report(reports: ColumnReport[], [newest, ...older]: string[]): number {
  for (const { column, total, resealed, outdated, unreadable } of reports) {
    say(
      `${column}: ${total} secrets, ${resealed} re-encrypted, ${outdated} with an older key, ${unreadable.length} unreadable`,
    );
    for (const why of unreadable) say(`  ${why}`);
  }
  if (!isDone(reports)) {
    say(
      'Keep all keys: not every secret opens with the newest one. Run this again once what is said above is put right.',
    );
    return NOT_ALL;
  }
  say(
    `Every secret opens with the key ${newest}.${older.length > 0 ? ` No row needs ${older.join(', ')} any more.` : ''}`,
  );
  return DONE;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  return FAILED;
});
