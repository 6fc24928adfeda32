import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from '../../support/built-service.ts';
import { loadBuiltEmbeddedPostgres } from '../../support/built.ts';
import { eventually } from '../../support/eventually.ts';
import { atExit } from './at-exit.ts';

const execute = promisify(execFile);

/** A PostgreSQL server that can be broken, on a port that stays. */
export class PostgresServer {
  readonly dataDir: string;
  url = '';
  readonly #forget: () => void;
  #port: number | undefined;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
    this.#forget = atExit(() => this.#signal('SIGKILL'));
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
    if (!existsSync(this.#pidFile) || !isAlive(this.#pid())) await this.start();
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
    await this.kill();
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

  async #endBy(signal: NodeJS.Signals): Promise<void> {
    const pid = this.#pid();
    process.kill(pid, signal);
    await eventually('the end of PostgreSQL', () => !isAlive(pid), 60_000);
  }

  #signal(signal: NodeJS.Signals): void {
    process.kill(this.#pid(), signal);
  }

  async #backends(): Promise<number[]> {
    const { stdout } = await execute('pgrep', ['-P', String(this.#pid())]);
    return stdout.trim().split('\n').map(Number);
  }

  get #pidFile(): string {
    return join(this.dataDir, 'postgres', 'postmaster.pid');
  }

  #pid(): number {
    return Number(readFileSync(this.#pidFile, 'utf8').split('\n')[0]);
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
