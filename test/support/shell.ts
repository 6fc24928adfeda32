import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

export interface Shell {
  /** Runs commands as if pasted. Resolves with their output; rejects if one fails. */
  run: (commands: string) => Promise<string>;
  close: () => Promise<void>;
}

/** Opens a bash that stays open, so that exported variables are there for the next commands. */
export function openShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  const bash = spawn('bash', ['-euo', 'pipefail'], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [bash.stdout, bash.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk));
  const exit = once(bash, 'exit');
  return {
    run: (commands) =>
      new Promise((resolve, reject) => {
        const end = `end-${randomBytes(8).toString('hex')}`;
        printed = '';
        const look = (): void => {
          if (!printed.includes(`${end}\n`)) return;
          bash.stdout.off('data', look);
          resolve(printed.slice(0, printed.indexOf(end)).trim());
        };
        bash.stdout.on('data', look);
        void exit.then(() => reject(new Error(`The shell ended:\n${printed}`)));
        bash.stdin.write(`${commands}\necho; echo ${end}\n`);
      }),
    close: async () => {
      bash.stdin.end();
      await exit;
    },
  };
}
