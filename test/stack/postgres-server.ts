import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { atExit } from './at-exit.ts';
import { loadBuiltEmbeddedPostgres } from './built-embedded-postgres.ts';
import { endPostmaster, findEmbeddedPostgres, pidFileOf } from './postmaster.ts';
import { makeFolderUntilExit } from './temporary-folder.ts';

const execute = promisify(execFile);

const PATIENCE_AT_EXIT_MS = 2_000;

/** A PostgreSQL server that can be broken, on a port that stays. It does not outlive this process. */
export class PostgresServer {
  readonly dataDir: string;
  url = '';
  readonly #forget: () => void;
  #port: number | undefined;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
    this.#forget = atExit(() => this.#abandon());
  }

  async start(): Promise<void> {
    const { startEmbeddedPostgres } = await loadBuiltEmbeddedPostgres();
    const { url, port } = await startEmbeddedPostgres({
      dataDir: this.dataDir,
      port: this.#port,
      log: () => undefined,
    });
    this.url = url;
    this.#port = port;
  }

  /** It may have ended by itself, for want of room. */
  async startIfGone(): Promise<void> {
    if (findEmbeddedPostgres(this.dataDir) === null) await this.start();
  }

  /** `pg_ctl stop -m fast`: with a checkpoint, so that its files may be copied. */
  stop(): Promise<void> {
    return this.#endBy('SIGINT');
  }

  /** `pg_ctl stop -m immediate`: all at once, and the next start recovers from the log. */
  stopImmediately(): Promise<void> {
    return this.#endBy('SIGQUIT');
  }

  kill(): Promise<void> {
    return this.#endBy('SIGKILL');
  }

  /** For good. */
  async end(): Promise<void> {
    await this.stopImmediately();
    this.#forget();
  }

  async freeze(): Promise<void> {
    this.#signal('SIGSTOP');
    for (const pid of await this.#backends()) signalIfAlive(pid, 'SIGSTOP');
  }

  async thaw(): Promise<void> {
    for (const pid of await this.#backends()) signalIfAlive(pid, 'SIGCONT');
    this.#signal('SIGCONT');
  }

  #endBy(signal: NodeJS.Signals): Promise<void> {
    return endPostmaster(this.#pid(), signal);
  }

  /** Nothing can be awaited any more; one that was frozen does not hear SIGQUIT. */
  #abandon(): void {
    this.#signal('SIGQUIT');
    const clock = new Int32Array(new SharedArrayBuffer(4));
    const deadline = Date.now() + PATIENCE_AT_EXIT_MS;
    while (existsSync(pidFileOf(this.dataDir)) && Date.now() < deadline) Atomics.wait(clock, 0, 0, 10);
    if (existsSync(pidFileOf(this.dataDir))) this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    process.kill(this.#pid(), signal);
  }

  async #backends(): Promise<number[]> {
    const { stdout } = await execute('pgrep', ['-P', String(this.#pid())]);
    return stdout.trim().split('\n').map(Number);
  }

  #pid(): number {
    const server = findEmbeddedPostgres(this.dataDir);
    if (server === null) throw new Error(`PostgreSQL does not run on ${this.dataDir}.`);
    return server.pid;
  }
}

const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A PostgreSQL server in a temporary folder, both gone after `stop()`, and also when a signal ends this process. */
export async function startTemporaryPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await makeFolderUntilExit('postgres');
  // Ctrl-C on Jest skips the teardown, and the server, in a session of its own, does not hear of it.
  const exit = (): never => process.exit(1);
  for (const signal of ENDS) process.once(signal, exit);
  const server = new PostgresServer(folder.path);
  await server.start();
  return {
    url: server.url,
    stop: async () => {
      await server.end();
      for (const signal of ENDS) process.off(signal, exit);
      await folder.remove();
    },
  };
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
