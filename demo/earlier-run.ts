import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const EXIT_TIMEOUT_MS = 30_000;

/** A process of a demo on the same data folder: the file with its pid, and a word of its command line. */
export interface RecordedProcess {
  pidFile: string;
  word: string;
}

/** The pid if the process still runs. It also checks the command line, since another program may have that pid now. */
export function findRunning({ pidFile, word }: RecordedProcess): number | null {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  return pid > 0 && commandOf(pid).includes(word) ? pid : null;
}

/**
 * Waits for the processes of a demo that was killed. They end by themselves, but use the ports and the database until then.
 * @throws when that takes longer than 30 s
 */
export async function untilGone(processes: RecordedProcess[]): Promise<void> {
  const deadline = Date.now() + EXIT_TIMEOUT_MS;
  for (let round = 0; ; round++) {
    const running = processes.map(findRunning).filter((pid) => pid !== null);
    if (running.length === 0) return;
    if (round === 0) console.log('The previous demo was killed; waiting for its processes to end.');
    if (Date.now() > deadline) throw new Error(`These processes do not end. Stop them: ${running.join(', ')}`);
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
