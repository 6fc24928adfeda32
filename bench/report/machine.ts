import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The machine that the figures were measured on, and the versions of what was measured. */
export function describeMachine(postgres: Record<string, string>): Record<string, string> {
  const processors = cpus();
  return {
    processor: `${processors.length} × ${processors[0]?.model ?? 'unknown'}`,
    memory: `${(totalmem() / 1024 ** 3).toFixed(1)} GB`,
    system: `${platform()} ${release()}`,
    node: process.version,
    PostgreSQL: Object.entries(postgres)
      .map(([name, value]) => (name === 'version' ? value : `${name} ${value}`))
      .join(', '),
    Redis: `${/v=(\S+)/.exec(run('redis-server', '--version'))?.[1] ?? 'unknown'}, appendonly yes, appendfsync everysec`,
    ...Object.fromEntries(['express', 'twilio', 'bullmq', 'typeorm', 'fastify', 'autocannon'].map(versionOf)),
    commit: `${run('git', 'rev-parse', '--short=12', 'HEAD')}${run('git', 'status', '--porcelain', '--', 'src', 'bench', 'migrations') === '' ? '' : ', with changes'}`,
  };
}

function versionOf(name: string): [string, string] {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
    version: string;
  };
  return [name, version];
}

function run(command: string, ...words: string[]): string {
  try {
    return execFileSync(command, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}
