import { postgresServer } from '../../queue/postgres-server.ts';
import { describeHalfOpen } from './half-open.conformance.ts';
import { describeShutdown } from './shutdown.conformance.ts';

describeShutdown('PostgreSQL', () => Promise.resolve(postgresServer));
describeHalfOpen('PostgreSQL', () => Promise.resolve({ stop: () => Promise.resolve() }));
