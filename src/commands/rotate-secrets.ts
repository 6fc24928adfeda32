import { DataSource } from 'typeorm';
import { SecretBox } from '../common/secret-box.js';
import { loadEncryptionKeys } from '../config/encryption-keys.js';
import { EnvironmentError, loadEnvironment } from '../config/load-environment.js';
import { dataSourceOptions } from '../database/data-source.js';
import { openDatabase } from '../database/prepare-database.js';
import { checkSecrets, type ColumnReport, isDone, rotateSecrets } from '../database/secret-rotation.js';
import { listSpoolFiles } from '../spool/spool-files.js';
import { SEALED_COLUMNS } from './sealed-columns.js';

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_KEYS_IN_USE = 2;

/**
 * `npm run secrets:rotate`, or `node dist/commands/rotate-secrets.js` in the image, reseals all secrets with the newest key. It
 * may run while the service runs. With --check it changes nothing. The exit code is 0 when the older keys can be removed, 2 when
 * they are still needed, and 1 when the command failed.
 */
async function main(): Promise<number> {
  const environment = loadEnvironment();
  const keys = loadEncryptionKeys(environment);
  const secrets = new SecretBox(keys);
  const database = await openDatabase(environment, { log: print });
  try {
    const dataSource = await new DataSource(dataSourceOptions(database.location.url, 1)).initialize();
    try {
      const work = process.argv.includes('--check') ? checkSecrets : rotateSecrets;
      const code = report(await work(dataSource, secrets, SEALED_COLUMNS), [...keys.keys()]);
      return keys.size > 1 && (await isSpoolInUse(environment.SPOOL_DIR)) ? EXIT_KEYS_IN_USE : code;
    } finally {
      await dataSource.destroy();
    }
  } finally {
    if (!database.wasRunning) await database.stop();
  }
}

function report(reports: ColumnReport[], [newest, ...older]: string[]): number {
  for (const { column, total, resealed, outdated, unreadable } of reports) {
    print(
      `${column}: ${total} secrets, ${resealed} re-encrypted, ${outdated} with an older key, ${unreadable.length} unreadable`,
    );
    for (const reason of unreadable) print(`  ${reason}`);
  }
  if (!isDone(reports)) {
    print('Keep all keys: not every secret opens with the newest one. Fix the problems above, then run this again.');
    return EXIT_KEYS_IN_USE;
  }
  print(
    `Every secret opens with the key ${newest}.${older.length > 0 ? ` No row needs ${older.join(', ')} any more.` : ''}`,
  );
  return EXIT_DONE;
}

/** SMS in the spool were sealed with the key that was the newest at that time. */
async function isSpoolInUse(folder: string | undefined): Promise<boolean> {
  const files = folder === undefined ? [] : await listSpoolFiles(folder);
  if (files.length === 0) return false;
  print(`Keep all keys: an older one may be needed for SMS in the spool (${folder}, ${files.length} files).`);
  return true;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  return EXIT_FAILED;
});
