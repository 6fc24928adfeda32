import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SWC_OPTIONS } from '../scripts/swc-options.ts';

const root = join(import.meta.dirname, '..');

/**
 * Puts one source into dist/, without checking its types: that takes tsc many times as long. Since the source is newer than
 * the build then, the next build is a whole one.
 * @param file from the root, such as src/main.ts
 */
export async function compile(file: string): Promise<void> {
  const target = join(root, 'dist', file.replace(/^src\//, '').replace(/\.ts$/, '.js'));
  const source = join(root, file);
  if (!existsSync(source)) {
    await rm(target, { force: true });
    return;
  }
  const { code } = await transformFile(source, { ...SWC_OPTIONS, module: { type: 'es6' }, sourceMaps: 'inline' });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}
