// Finds the programs that the tests need besides npm packages, and installs missing ones from Debian packages without asking.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Tool {
  binary: string;
  /** The package in Debian and Ubuntu. */
  debianPackage: string;
  neededFor: string;
  /** The environment variable with which the tests can be given another binary, if there is one. */
  pathVariable?: string;
}

const tools: Tool[] = [
  { binary: 'redis-server', debianPackage: 'redis-server', neededFor: 'the queue tests on Redis' },
  {
    binary: 'chromium',
    debianPackage: 'chromium',
    pathVariable: 'CHROMIUM_PATH',
    neededFor: 'the browser tests',
  },
  { binary: 'faketime', debianPackage: 'faketime', neededFor: 'the tests of a wrong clock' },
];

// policy-rc.d keeps Debian from starting services when they are installed, since the tests start their own.
const INSTALL = `
  set -e
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > "$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  install() { apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"; }
  install "$@" || { apt-get update -qq && install "$@"; }
`;

const missing = tools.filter((tool) => !isInstalled(tool));
if (missing.length > 0) {
  const packages = missing.map((tool) => tool.debianPackage);
  console.log(`Installing packages that the tests need: ${packages.join(', ')}`);
  const problem = install(packages);
  const stillMissing = missing.filter((tool) => !isInstalled(tool));
  for (const tool of stillMissing) {
    console.error(
      `${tool.binary} is missing, but ${tool.neededFor} need it. ${problem ?? 'Its package does not contain it.'}`,
    );
    const alternative = tool.pathVariable ? `, or set ${tool.pathVariable} to its path` : '';
    console.error(`Install it so that it is in PATH (Debian: apt-get install ${tool.debianPackage})${alternative}.`);
  }
  process.exitCode = stillMissing.length > 0 ? 1 : 0;
}

function isInstalled(tool: Tool): boolean {
  const named = tool.pathVariable && process.env[tool.pathVariable];
  if (named) return existsSync(named);
  return isInPath(tool.binary);
}

function isInPath(binary: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, binary), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @returns what went wrong; undefined if nothing did */
function install(packages: string[]): string | undefined {
  if (!isInPath('apt-get')) return 'It cannot be installed, because this system has no apt-get.';
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && !isInPath('sudo'))
    return 'It cannot be installed, because that needs root and there is no sudo.';
  const [command = 'sh', ...words] = [...asRoot, 'sh', '-c', INSTALL, 'sh', ...packages];
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status === 0) return undefined;
  return `apt-get failed:\n${`${stdout}${stderr}`.trimEnd().split('\n').slice(-10).join('\n')}`;
}
