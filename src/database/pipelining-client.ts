import type pg from 'pg';
import { ImpatientClient } from './impatient-client.js';

/**
 * Sends at once what is asked before an answer is awaited (`pipelined`), in one write: PostgreSQL works it off in that
 * order, and one round trip answers all of it. What comes after a failure within a transaction fails too.
 *
 * More than the network holds may be behind the statement that PostgreSQL is at. Then it does not learn that the connection is
 * closed before it is done, so whoever gives up after `query_timeout` sets `statement_timeout` as well.
 */
export class PipeliningClient extends ImpatientClient {
  private isGathering = false;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
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
