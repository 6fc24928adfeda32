import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../common/ids.js';

const ONLY_US = 0o600;

/** @throws when the folder cannot be made or written: what is answered for must not hang on it then */
export async function openSpoolFolder(folder: string): Promise<void> {
  const probe = join(folder, `${newId()}.probe`);
  try {
    // What it is in must be there: a volume that is not mounted is no place to make one.
    await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    await writeDurably(folder, probe, Buffer.from('probe\n'));
    await removeFile(folder, probe);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Error(`SPOOL_DIR (${folder}) cannot be written: ${reason}. Mend that, or leave SPOOL_DIR out.`, {
      cause,
    });
  }
}

/** Names of the files with SMS in it; none where there is no such folder. */
export async function listSpoolFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(unlessGone)) ?? [];
  return names.filter((name) => /\.(open|spool|quarantine)$/.test(name));
}

/** A new file whose name survives a power failure. */
export async function createFile(folder: string, path: string): Promise<FileHandle> {
  const handle = await open(path, 'ax', ONLY_US);
  try {
    await syncFolder(folder);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

export async function writeDurably(folder: string, path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes, { mode: ONLY_US, flush: true });
  await syncFolder(folder);
}

/** Somebody else may have been faster. */
export async function removeFile(folder: string, path: string): Promise<void> {
  await unlink(path).catch(unlessGone);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

export function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
