import { describeQueues } from './queue.conformance.ts';
import { startRedisServer } from './redis-server.ts';

describeQueues('Redis', startRedisServer);
