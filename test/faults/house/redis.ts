import { mkdir } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { startTestRedis, type TestRedis } from '../../support/redis.ts';

/** A Redis that forgets everything when it is killed, on a port that stays. */
export class RedisServer {
  #server: TestRedis;

  private constructor(server: TestRedis) {
    this.#server = server;
    process.once('exit', () => void this.#server.kill().catch(() => undefined));
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

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
