import { access, readFile } from 'node:fs/promises';

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function readIfExists(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(unless('ENOENT', 'ESRCH'));
}

/** For `catch`: ignores errors with these codes and throws all others. */
export function unless(...codes: string[]) {
  return (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
