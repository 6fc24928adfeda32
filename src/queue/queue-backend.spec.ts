import { expect, test } from '@jest/globals';
import { fillIn } from '../common/sentence.js';
import { QUEUE_RISKS, redisRisks } from './queue-backend.js';

test.each<[string, RegExp[]]>([
  ['maxmemory_policy:noeviction\r\naof_enabled:1\r\n', []],
  ['maxmemory_policy:allkeys-lru\r\naof_enabled:1\r\n', [/noeviction \(it is allkeys-lru\)/]],
  ['maxmemory_policy:noeviction\r\naof_enabled:0\r\n', [/appendonly/]],
  ['redis_version:7\r\n', []],
])('Redis with %j', (info, expected) => {
  const risks = redisRisks(info).map(({ reason, params }) => fillIn(QUEUE_RISKS[reason], params));
  expect(risks).toEqual(expected.map((each) => expect.stringMatching(each)));
});
