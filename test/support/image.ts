import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The instructions of the Dockerfile that say how the image runs. */
export interface Dockerfile {
  uid: number;
  gid: number;
  entrypoint: string[];
  healthcheck: string[];
  env: Record<string, string>;
}

export function readDockerfile(): Dockerfile {
  const text = readFileSync(join(root, 'docker/Dockerfile'), 'utf8').replaceAll('\\\n', '');
  const wordsOf = (instruction: string): string =>
    new RegExp(`^${instruction} +(.*)$`, 'm').exec(text)?.[1] ?? failTo(`find ${instruction} in docker/Dockerfile`);
  const [uid = NaN, gid = NaN] = wordsOf('USER').split(':').map(Number);
  return {
    uid,
    gid,
    entrypoint: JSON.parse(wordsOf('ENTRYPOINT')) as string[],
    healthcheck: JSON.parse(wordsOf('HEALTHCHECK .*CMD')) as string[],
    env: Object.fromEntries(
      wordsOf('ENV')
        .split(' ')
        .map((pair) => pair.split('=')),
    ) as Record<string, string>,
  };
}

/** Assembles the files of the image as the Dockerfile does: readable for all, writable for nobody. */
export function assembleImage(folder: string): void {
  execFileSync(process.execPath, [join(root, 'docker/assemble.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  execFileSync('chmod', ['-R', 'a-w,a+rX', folder]);
}

/** Returns a line per file that changes if the file is touched in any way. */
export async function fingerprint(folder: string): Promise<string[]> {
  const files = globSync('**', { cwd: folder }).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const { mode, uid, size, ctimeMs } = await lstat(join(folder, file));
      return [file, mode, uid, size, ctimeMs].join(' ');
    }),
  );
}

/** The effective user id of a process, from the kernel. */
export function uidOf(pid: number): number {
  const [, uids = ''] = /^Uid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(uids.split('\t')[1]);
}

function failTo(what: string): never {
  throw new Error(`Could not ${what}.`);
}
