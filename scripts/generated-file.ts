import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Writes a generated file; with --check it fails instead if the committed file differs. */
export function writeOrCompare(name: string, text: string): void {
  const file = join(root, name);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
    return;
  }
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  console.error(`${name} differs from the code. Run \`npm run generate\` and commit the file.`);
  process.exitCode = 1;
}
