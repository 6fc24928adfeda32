import { mkdir } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { startTestRedis, type TestRedis } from '../../support/redis.ts';
import { atExit } from './at-exit.ts';

/** A Redis that forgets everything when it is killed, on a port that stays. */
export class RedisServer {
  readonly #forget: () => void;
  #server: TestRedis;

  private constructor(server: TestRedis) {
    this.#server = server;
    this.#forget = atExit(() => process.kill(this.#server.pid, 'SIGKILL'));
  }

  static async start(dataDir: string): Promise<RedisServer> {
    await mkdir(dataDir);
    return new RedisServer(await startTestRedis({ dataDir }));
  }

  get url(): string {
    return this.#server.url;
  }

  kill(): Promise<void> {
    return this.#server.kill();
  }

  async startAgain(): Promise<void> {
    const { port, dataDir } = this.#server;
    this.#server = await startTestRedis({ port, dataDir });
  }

  async flush(): Promise<void> {
    const client = new Redis(this.url);
    await client.flushall();
    client.disconnect();
  }

  freeze(): void {
    process.kill(this.#server.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#server.pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    this.#forget();
  }
}
