import { AsyncLocalStorage } from 'node:async_hooks';
import { Pool, type PoolClient } from 'pg';
import { pipelined } from '../database/pipelined.js';

type Query = (...args: unknown[]) => Promise<unknown>;

/** The connection pool of BullMQ on PostgreSQL. */
export class QueuePool extends Pool {
  /** The transaction of the current `together`; its client is undefined after the end. */
  private readonly transaction = new AsyncLocalStorage<{ client: PoolClient | undefined }>();

  constructor(...options: ConstructorParameters<typeof Pool>) {
    super(...options);
    const query = this.query.bind(this) as Query;
    this.query = ((...args: unknown[]) => {
      const client = this.transaction.getStore()?.client;
      return client === undefined ? query(...args) : (client.query as Query)(...args);
    }) as typeof this.query;
  }

  /**
   * Drops the errors of idle connections: a broken one is replaced at its next use, which reports errors of its own. BullMQ
   * would report each error once per Queue and Worker.
   */
  override emit(event: string, ...args: unknown[]): boolean {
    return event !== 'error' && super.emit(event, ...(args as [never]));
  }

  /** Runs all queries of `work` in one transaction. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.connect();
    const transaction: { client: PoolClient | undefined } = { client };
    let failure: Error | undefined;
    try {
      const [, result] = await pipelined([client.query('BEGIN'), this.transaction.run(transaction, work)]);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      transaction.client = undefined;
      // After a failure this closes the connection, whereupon PostgreSQL rolls back.
      client.release(failure);
    }
  }
}
