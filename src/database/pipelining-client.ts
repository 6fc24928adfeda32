import type pg from 'pg';
import { ImpatientClient } from './impatient-client.js';

/** Lets the client's own timeout come first, because its error is the clearer one. */
const MARGIN_MS = 1_000;

/**
 * Sends queries that are issued together (`pipelined`) in one write. PostgreSQL executes them in order, and one round trip
 * answers all of them. Within a transaction all queries after a failed one fail too.
 *
 * If the pipelined data fills the network buffers, PostgreSQL does not see that the client has closed the connection. So
 * `statement_timeout` ends on the server what `query_timeout` has given up on the client.
 */
export class PipeliningClient extends ImpatientClient {
  private isGathering = false;

  constructor(config?: pg.ClientConfig) {
    const { query_timeout: ms } = config ?? {};
    super({ ...(ms && { statement_timeout: ms + MARGIN_MS }), ...config, pipeline: true });
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
