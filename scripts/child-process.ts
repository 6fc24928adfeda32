import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Words for `node` before the script: it then ends in order when its starter is gone. Needs an IPC channel. */
export const END_WITH_STARTER = ['--import', pathToFileURL(join(import.meta.dirname, 'end-with-starter.ts')).href];

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Sends the signal unless it has ended already, and waits for its end; resolves with its exit code. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (!hasEnded(child)) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return child.exitCode;
}
