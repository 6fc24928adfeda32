import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;

/** A process of a demo on the same data folder: where it noted its pid, and a word of its command line. */
export interface NotedProcess {
  pidFile: string;
  word: string;
}

/** The process, if it still runs. Its number alone says little: it may be another program's now. */
export function findRunning({ pidFile, word }: NotedProcess): number | null {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  return pid > 0 && commandOf(pid).includes(word) ? pid : null;
}

/**
 * Waits for what a demo left behind that was killed: it ends by itself, and until then has the ports and the database.
 * @throws when that takes longer than 30 s
 */
export async function untilGone(processes: NotedProcess[]): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let round = 0; ; round++) {
    const running = processes.map(findRunning).filter((pid) => pid !== null);
    if (running.length === 0) return;
    if (round === 0) console.log('The demo before was killed; waiting until what it started has ended.');
    if (Date.now() > deadline) throw new Error(`These processes do not end, stop them: ${running.join(', ')}`);
    await sleep(50);
  }
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}
