import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The spool folder of a test's processes. */
export interface TestSpool {
  folder: string;
  env: Record<string, string>;
  /** The names of the files in it, optionally of one kind. */
  files(kind?: 'open' | 'spool' | 'quarantine'): Promise<string[]>;
  /** The contents of all files, as one text. */
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
