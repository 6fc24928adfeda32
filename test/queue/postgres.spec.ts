import { postgresServer } from './postgres-server.ts';
import { describeQueues } from './queue.conformance.ts';

describeQueues('PostgreSQL', () => Promise.resolve(postgresServer));
