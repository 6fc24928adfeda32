import { Redis } from 'ioredis';
import { startTestRedis } from '../stack/redis-server.ts';
import { startTcpProxy } from '../stack/tcp-proxy.ts';
import { describeHalfOpen } from './half-open.conformance.ts';
import { describeQueues, type QueueServer } from './queue.conformance.ts';
import { describeShutdown } from './shutdown.conformance.ts';

async function startServer(): Promise<QueueServer> {
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
}

describeQueues('Redis', startServer);
describeShutdown('Redis', startServer);
describeHalfOpen('Redis', () => startTestRedis());
