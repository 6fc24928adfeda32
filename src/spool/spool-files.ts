import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../common/ids.js';

const OWNER_ONLY = 0o600;

/** @throws when the folder cannot be created or written: accepted SMS must not depend on it then */
export async function openSpoolFolder(folder: string): Promise<void> {
  const probe = join(folder, `${newId()}.probe`);
  try {
    // Not recursive: its parent must exist, so that no spool is created in place of a volume that is not mounted.
    await mkdir(folder, { mode: 0o700 }).catch(unlessExists);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    await writeDurably(folder, probe, Buffer.from('probe\n'));
    await removeFile(folder, probe);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Error(`SPOOL_DIR (${folder}) is not writable: ${reason}. Make it writable, or do not set SPOOL_DIR.`, {
      cause,
    });
  }
}

/** The names of the files that contain SMS; empty when the folder does not exist. */
export async function listSpoolFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(unlessGone)) ?? [];
  return names.filter((name) => /\.(open|spool|quarantine)$/.test(name));
}

/** Creates a file whose directory entry survives a power failure. */
export async function createFile(folder: string, path: string): Promise<FileHandle> {
  const handle = await open(path, 'ax', OWNER_ONLY);
  try {
    await syncFolder(folder);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

export async function writeDurably(folder: string, path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes, { mode: OWNER_ONLY, flush: true });
  await syncFolder(folder);
}

/** Does nothing if another process has removed the file already. */
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

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

export function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
