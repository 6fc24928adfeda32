import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the spool of a test's processes. */
export interface TestSpool {
  folder: string;
  env: Record<string, string>;
  /** Names of the files in it, of one kind when that is given. */
  files(kind?: 'open' | 'spool' | 'quarantine'): Promise<string[]>;
  /** All that is in it, as one text. */
  read(): Promise<string>;
  remove(): Promise<void>;
}

export async function makeSpool(): Promise<TestSpool> {
  const folder = await mkdtemp(join(tmpdir(), 'sms-inbound-spool-'));
  const files = async (kind = ''): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith(kind)).toSorted();
  return {
    folder,
    env: { SPOOL_DIR: folder, SPOOL_DURABLE: 'true' },
    files,
    read: async () =>
      (await Promise.all((await files()).map((name) => readFile(join(folder, name), 'latin1').catch(() => '')))).join(
        '',
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
