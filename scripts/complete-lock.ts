// Completes package-lock.json after `npm install`. If a registry mirror does not serve packages for other platforms, npm leaves
// them out of the lock file, and `npm ci` refuses a lock file in which an optional dependency has no entry.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockEntry {
  version: string;
  cpu?: string[];
  dev?: boolean;
  libc?: string[];
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockEntry> };
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!isLocked(path, name)) lock.packages[`node_modules/${name}`] = describe(name, range, entry);
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);

/** Searches like Node: beside the package, then further and further up. */
function isLocked(path: string, name: string): boolean {
  const folders = path.split('/node_modules/');
  return folders.some((_, i) => {
    const folder = folders.slice(0, folders.length - i).join('/node_modules/');
    return [`${folder}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in lock.packages);
  });
}

/** The entry that npm would have written, as far as it can be derived from the name. */
function describe(name: string, range: string, { dev }: LockEntry): LockEntry {
  const words = name.split(/[-/@]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  const libc = { gnu: 'glibc', musl: 'musl' }[words.at(-1) ?? ''];
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu !== undefined && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(libc !== undefined && os === 'linux' && { libc: [libc] }),
    optional: true,
    ...(os !== undefined && { os: [os] }),
  };
}
