import { startRedisServer } from '../../queue/redis-server.ts';
import { startTestRedis } from '../../support/redis.ts';
import { describeHalfOpen } from './half-open.conformance.ts';
import { describeShutdown } from './shutdown.conformance.ts';

describeShutdown('Redis', startRedisServer);
describeHalfOpen('Redis', () => startTestRedis());
