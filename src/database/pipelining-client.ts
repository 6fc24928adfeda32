import type pg from 'pg';
import { ImpatientClient } from './impatient-client.js';

/** So that whoever asks gives up first, and says so in its own words. */
const LEEWAY_MS = 1_000;

/**
 * Sends at once what is asked before an answer is awaited (`pipelined`), in one write: PostgreSQL works it off in that
 * order, and one round trip answers all of it. What comes after a failure within a transaction fails too.
 *
 * More than the network holds may be behind the statement that PostgreSQL is at, and then it does not see that the connection
 * is closed. So it ends by itself what was given up after `query_timeout`.
 */
export class PipeliningClient extends ImpatientClient {
  private isGathering = false;

  constructor(config?: pg.ClientConfig) {
    const { query_timeout: ms } = config ?? {};
    super({ ...(ms && { statement_timeout: ms + LEEWAY_MS }), ...config, pipeline: true });
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      this.gather();
      return query(...args);
    }) as typeof this.query;
  }

  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => {
      this.isGathering = false;
      stream.uncork();
    });
  }
}
