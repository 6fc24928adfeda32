import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded } from '../../scripts/child-process.ts';
import { isReady, NODE_FLAGS } from '../../scripts/service-process.ts';
import { eventually } from '../support/eventually.ts';
import { atExit } from './at-exit.ts';

const RESTART_DELAY_MS = 500;
const READY_WITHIN_MS = 240_000;

type Env = Record<string, string>;

export interface Program {
  name: string;
  /** Of the build to run. */
  main: string;
  env: Env & { PORT: string };
  logFile: string;
}

/** One process of the service, started again whenever it ends, as a container platform does. */
export class SupervisedProcess {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly #program: Program;
  readonly #log: number;
  #child: ChildProcess | undefined;
  #extraEnv: Env = {};
  #isWanted = true;
  readonly #forget: () => void;

  constructor(program: Program) {
    this.name = program.name;
    this.port = Number(program.env.PORT);
    this.url = `http://127.0.0.1:${this.port}`;
    this.#program = program;
    this.#log = openSync(program.logFile, 'a');
    this.#forget = atExit(() => this.#child?.kill('SIGKILL'));
  }

  async start(): Promise<void> {
    this.#spawn();
    await this.untilReady();
  }

  untilReady(): Promise<unknown> {
    return eventually(`${this.name} is ready`, () => isReady(this.url), READY_WITHIN_MS);
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Kills it; what starts instead has these variables too, until the next call. */
  killToRunWith(env: Env): void {
    this.#extraEnv = env;
    this.kill();
  }

  /** SIGTERM, and SIGKILL when it does not go. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    const child = this.#child;
    if (child && !hasEnded(child)) await this.#end(child);
    this.#forget();
  }

  async #end(child: ChildProcess): Promise<void> {
    const exit = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exit;
    clearTimeout(impatient);
  }

  #spawn(): void {
    const { main, env } = this.#program;
    const child = spawn(process.execPath, [...NODE_FLAGS, main], {
      env: { PATH: process.env['PATH'], ...env, ...this.#extraEnv },
      stdio: ['ignore', this.#log, this.#log],
    });
    child.once('exit', () => void this.#startAgain());
    this.#child = child;
  }

  async #startAgain(): Promise<void> {
    await sleep(RESTART_DELAY_MS);
    if (!this.#isWanted) return;
    this.#spawn();
  }
}
