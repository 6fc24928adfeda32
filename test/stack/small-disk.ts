import { execFile, execFileSync } from 'node:child_process';
import { appendFile, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atExit } from './at-exit.ts';

const execute = promisify(execFile);

const LAST_BIT = 1024 * 1024;

export interface SmallDisk {
  /** Until nothing fits any more. */
  fill(): Promise<void>;
  free(): Promise<void>;
  unmount(): Promise<void>;
}

/** A disk of its own in memory, mounted at a folder. Only root may. */
export async function mountSmallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', folder]);
  const forget = atExit(() => execFileSync('umount', ['--lazy', folder]));
  const ballast = join(folder, 'ballast');
  return {
    fill: async () => {
      const { bavail, bsize } = await statfs(folder);
      // The most of it at once; the rest, which the server takes from meanwhile, until it is refused.
      await execute('fallocate', ['--length', String(Math.max(bsize, bavail * bsize - LAST_BIT)), ballast]);
      await appendFile(ballast, Buffer.alloc(2 * LAST_BIT)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error;
      });
    },
    free: () => rm(ballast, { force: true }),
    unmount: async () => {
      await execute('umount', [folder]);
      forget();
    },
  };
}

export async function canMount(): Promise<boolean> {
  return execute('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).then(
    () => true,
    () => false,
  );
}
