import pg from 'pg';

/**
 * pg keeps a connection whose query got no answer in time. On a line that is cut, and nobody said so, everything that
 * comes after would wait as long, so such a connection is given up.
 */
export class ImpatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // Whoever holds it hears of a broken connection by the query that fails; an error nobody listens to ends the process.
    this.on('error', () => undefined);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      const result = query(...args);
      if (result instanceof Promise) result.catch((error: Error) => this.giveUpAfter(error));
      return result;
    }) as typeof this.query;
  }

  private giveUpAfter({ message }: Error): void {
    if (message === 'Query read timeout') this.connection.stream.destroy();
  }
}
