import { execFile } from 'node:child_process';
import { access, chmod, constants, cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { exists, unless } from './embedded-postgres-files.js';
import { asServer, HINT, type ServerUser } from './embedded-postgres-user.js';

const execute = promisify(execFile);

export async function installedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(dirname(postgres)));
  } catch (error) {
    const message = `The embedded PostgreSQL needs the package ${name}, which is not installed or does not exist. ${HINT}`;
    throw new Error(message, { cause: error });
  }
}

/** Returns the folder with postgres and initdb: the package's own, or a copy if that one cannot be used as it is. */
export async function prepareBinaries(
  source: string,
  home: string,
  user: ServerUser,
  log: (line: string) => void,
): Promise<string> {
  const bin = join(source, 'native', 'bin');
  try {
    await completeInstall(source);
    await execute(join(bin, 'postgres'), ['--version'], asServer(user));
    return bin;
  } catch (error) {
    const { code } = error as { code?: string | number };
    // `postgres` itself exists, so the missing file is its dynamic loader.
    if (code === 'ENOENT')
      throw new Error(`The embedded PostgreSQL needs glibc, which this system lacks. ${HINT}`, { cause: error });
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') {
      throw new Error(`The embedded PostgreSQL does not run here. ${HINT}\n${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  const copy = await copyBinaries(source, home, log);
  await execute(join(copy, 'native', 'bin', 'postgres'), ['--version'], asServer(user));
  return join(copy, 'native', 'bin');
}

/** Does the work of the package's install script, which npm 12 and --ignore-scripts block. */
async function completeInstall(source: string): Promise<void> {
  const list = await readFile(join(source, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source: library, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (await exists(join(source, target))) continue;
    await symlink(relative(dirname(target), library), join(source, target)).catch(unless('EEXIST'));
  }
  for (const name of ['postgres', 'initdb']) {
    const program = join(source, 'native', 'bin', name);
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
  }
}

async function copyBinaries(source: string, home: string, log: (line: string) => void): Promise<string> {
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `postgres-binaries-${version}`);
  if (await exists(copy)) return copy;
  const work = await mkdtemp(join(home, 'postgres-copy-'));
  try {
    await cp(join(source, 'native'), join(work, 'native'), { recursive: true, verbatimSymlinks: true });
    await completeInstall(work);
    await execute('chmod', ['-R', 'a+rX', work]);
    await rename(work, copy).catch(unless('ENOTEMPTY', 'EEXIST')); // another start was faster
    log(`PostgreSQL cannot run from where it is installed, so its files were copied to ${copy}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return copy;
}
