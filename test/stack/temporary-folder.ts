import { rmSync } from 'node:fs';
import { makeTemporaryFolder, type TemporaryFolder } from '../../scripts/temporary-folder.ts';
import { atExit } from './at-exit.ts';

/** A temporary folder that is removed when this process ends, however it ends, unless it was removed before. */
export async function makeFolderUntilExit(name: string): Promise<TemporaryFolder> {
  const folder = await makeTemporaryFolder(name);
  const forget = atExit(() => rmSync(folder.path, { recursive: true, force: true, maxRetries: 5 }));
  return {
    path: folder.path,
    remove: async () => {
      await folder.remove();
      forget();
    },
  };
}
