import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a program of the proofs to its end; its output is shown as it comes. @param program its path from test/proofs */
export async function run(program: string, ...options: string[]): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', program), ...options], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): void => void child.kill();
  process.once('exit', end);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk;
      process.stdout.write(chunk);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('exit', end);
  return { code, printed };
}
