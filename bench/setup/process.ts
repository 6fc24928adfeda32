import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { endChild } from '../../scripts/child-process.ts';

export interface BenchProcess {
  child: ChildProcess;
  /** What it said when it was ready. */
  ready: unknown;
  stop: () => Promise<void>;
}

/** Runs a program of the bench by itself, until it says something. It ends when this process does. */
export async function startProcess(file: string, env: Record<string, string> = {}): Promise<BenchProcess> {
  const child = fork(file, { env: { PATH: process.env['PATH'], ...env } });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${String(code)} before it was ready.`);
  });
  gone.catch(() => undefined);
  const [ready] = (await Promise.race([once(child, 'message'), gone])) as [unknown];
  return { child, ready, stop: async () => void (await endChild(child, 'SIGKILL')) };
}
