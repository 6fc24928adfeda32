// Builds dist/ if it is older than its sources, so that start, demo and tests need no separate build step.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'dist', '.built');
const sources = [
  'src/**/*.ts',
  'migrations/*.{ts,json}',
  'console/{src/**/*.{ts,tsx,json},public/**,index.html,*.ts}',
  'openapi.json',
  'tsconfig.json',
  'nest-cli.json',
  'package-lock.json',
];

if (process.argv.includes('--service')) buildService();
else if (process.argv.includes('--force') || isStale()) {
  buildService();
  runInConsole('@hey-api/openapi-ts/bin/run.js', '--silent');
  runInConsole('vite/bin/vite.js', 'build', '--logLevel', 'warn');
  compressConsole();
  writeFileSync(stamp, '');
}

/** `--service` builds only this part, because the console is built from openapi.json, which the built service generates. */
function buildService(): void {
  run('@nestjs/cli/bin/nest.js', 'build');
  run('typescript/bin/tsc', '-p', 'migrations');
}

function isStale(): boolean {
  if (!existsSync(stamp)) return true;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.some((pattern) =>
    globSync(pattern, { cwd: root }).some((file) => statSync(join(root, file)).mtimeMs > builtAt),
  );
}

/** Compresses the files at build time, so that the service can send the compressed ones as they are. */
function compressConsole(): void {
  const assets = join(root, 'console/dist/assets');
  for (const file of globSync('*.{js,css,svg}', { cwd: assets })) {
    const content = readFileSync(join(assets, file));
    writeFileSync(join(assets, `${file}.gz`), gzipSync(content));
    writeFileSync(join(assets, `${file}.br`), brotliCompressSync(content));
  }
}

function run(script: string, ...args: string[]): void {
  runIn(root, script, args);
}

function runInConsole(script: string, ...args: string[]): void {
  runIn(join(root, 'console'), script, args);
}

function runIn(cwd: string, script: string, args: string[]): void {
  try {
    execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd, stdio: 'inherit' });
  } catch {
    // The tool has already printed the error.
    process.exit(1);
  }
}
