import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Editors and git touch several files, and one of them several times. */
const TOGETHER_MS = 50;

/** Tells which TypeScript files of the service have changed, by their path from the root. */
export function watchSources(tell: (files: string[]) => unknown): void {
  let files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ['src', 'migrations']) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (name === null || !name.endsWith('.ts') || name.endsWith('.spec.ts')) return;
      files.add(`${folder}/${name}`);
      clearTimeout(timer);
      timer = setTimeout(() => {
        tell([...files]);
        files = new Set();
      }, TOGETHER_MS);
    });
  }
}
