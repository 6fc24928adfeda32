import { Redis } from 'ioredis';
import { startTestRedis } from '../support/redis.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { describeQueues } from './queue.conformance.ts';

describeQueues('Redis', async () => {
  const redis = await startTestRedis();
  const proxy = await startTcpProxy(redis.url);
  const direct = new Redis(redis.url);
  return {
    kind: 'redis',
    env: { REDIS_URL: proxy.url },
    empty: async () => void (await direct.flushall()),
    takeAway: () => {
      proxy.blackhole();
      return Promise.resolve(() => proxy.pass());
    },
    stop: async () => {
      direct.disconnect();
      await proxy.stop();
      await redis.stop();
    },
  };
});
