import { AsyncLocalStorage } from 'node:async_hooks';
import { Pool, type PoolClient } from 'pg';
import { pipelined } from '../database/pipelined.js';

type Query = (...args: unknown[]) => Promise<unknown>;

/** What BullMQ asks PostgreSQL through. */
export class QueuePool extends Pool {
  /** Of whoever is within `together`; without a client once that has ended. */
  private readonly line = new AsyncLocalStorage<{ client: PoolClient | undefined }>();

  constructor(...options: ConstructorParameters<typeof Pool>) {
    super(...options);
    const query = this.query.bind(this) as Query;
    this.query = ((...args: unknown[]) => {
      const client = this.line.getStore()?.client;
      return client === undefined ? query(...args) : (client.query as Query)(...args);
    }) as typeof this.query;
  }

  /**
   * Says nothing of an idle connection that breaks: it is replaced at the next use, which reports for itself. BullMQ would
   * report each once per Queue and Worker.
   */
  override emit(event: string, ...args: unknown[]): boolean {
    return event !== 'error' && super.emit(event, ...(args as [never]));
  }

  /** One transaction of all that `work` asks. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.connect();
    const line: { client: PoolClient | undefined } = { client };
    let failure: Error | undefined;
    try {
      const [, result] = await pipelined([client.query('BEGIN'), this.line.run(line, work)]);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      line.client = undefined;
      // PostgreSQL takes back what a connection that ends did not commit.
      client.release(failure);
    }
  }
}
