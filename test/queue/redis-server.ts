import { Redis } from 'ioredis';
import { startTestRedis } from '../support/redis.ts';
import { startTcpProxy } from '../stack/tcp-proxy.ts';
import type { QueueServer } from './queue-server.ts';

/** A Redis of its own, which can be cut off from the service. */
export async function startRedisServer(): Promise<QueueServer> {
  const redis = await startTestRedis();
  const proxy = await startTcpProxy(redis.url);
  const direct = new Redis(redis.url);
  return {
    kind: 'redis',
    env: { REDIS_URL: proxy.url },
    empty: async () => void (await direct.flushall()),
    takeAway: () => {
      proxy.blackhole();
      return Promise.resolve(() => {
        // Lines that are cut and nobody says so have tests of their own.
        proxy.reset();
        return proxy.pass();
      });
    },
    stop: async () => {
      direct.disconnect();
      await proxy.stop();
      await redis.stop();
    },
  };
}
