import pg from 'pg';

/**
 * Closes its connection when a query times out. pg would keep it, and if the connection was cut without notice, every
 * further query on it would wait for the whole timeout too.
 */
export class ImpatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // A broken connection also fails the query, which reports it. Without a listener the event would end the process.
    this.on('error', () => undefined);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      const result = query(...args);
      if (result instanceof Promise) result.catch((error: Error) => this.closeAfterTimeout(error));
      return result;
    }) as typeof this.query;
  }

  private closeAfterTimeout({ message }: Error): void {
    if (message === 'Query read timeout') this.connection.stream.destroy();
  }
}
