import { DataSource } from 'typeorm';
import { SecretBox } from '../common/secret-box.js';
import { loadEncryptionKeys } from '../config/encryption-keys.js';
import { EnvironmentError, loadEnvironment } from '../config/load-environment.js';
import { dataSourceOptions } from '../database/data-source.js';
import { openDatabase } from '../database/prepare-database.js';
import { checkSecrets, type ColumnReport, isDone, rotateSecrets } from '../database/secret-rotation.js';
import { listSpoolFiles } from '../spool/spool-files.js';
import { SEALED_COLUMNS } from './sealed-columns.js';

const DONE = 0;
const FAILED = 1;
const NOT_ALL = 2;

/**
 * `npm run secrets:rotate`, or `node dist/commands/rotate-secrets.js` in the image: seals all secrets with the newest key, also
 * while the service runs. With --check it only looks. Exits with 0 when the older keys can be dropped, with 2 when not yet,
 * with 1 when it could not find out.
 */
async function main(): Promise<number> {
  const environment = loadEnvironment();
  const keys = loadEncryptionKeys(environment);
  const secrets = new SecretBox(keys);
  const database = await openDatabase(environment, { say });
  try {
    const dataSource = await new DataSource(dataSourceOptions(database.location.url, 1)).initialize();
    try {
      const work = process.argv.includes('--check') ? checkSecrets : rotateSecrets;
      const code = report(await work(dataSource, secrets, SEALED_COLUMNS), [...keys.keys()]);
      return keys.size > 1 && (await isSpoolInUse(environment.SPOOL_DIR)) ? NOT_ALL : code;
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

/** What is in the spool was sealed with the key that was the newest then. */
async function isSpoolInUse(folder: string | undefined): Promise<boolean> {
  const files = folder === undefined ? [] : await listSpoolFiles(folder);
  if (files.length === 0) return false;
  say(`Keep all keys: SMS that an older key may have sealed wait in the spool (${folder}, ${files.length} files).`);
  return true;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  return FAILED;
});
