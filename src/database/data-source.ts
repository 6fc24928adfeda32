import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { PreparingClient } from './preparing-client.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';

const BUILT_MIGRATIONS = join(import.meta.dirname, '../migrations/*.js');

/** After so long without a connection or an answer the database counts as unreachable. */
export const CONNECT_TIMEOUT_MS = 2_000;
export const QUERY_TIMEOUT_MS = 8_000;

export type Migrations = NonNullable<DataSourceOptions['migrations']>;

export function dataSourceOptions(
  url: string,
  poolSize = 10,
  migrations: Migrations = [BUILT_MIGRATIONS],
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    applicationName: 'sms-inbound',
    namingStrategy: new SnakeNamingStrategy(),
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    extra: {
      Client: PreparingClient,
      keepAlive: true,
      query_timeout: QUERY_TIMEOUT_MS,
      idle_in_transaction_session_timeout: QUERY_TIMEOUT_MS,
      // Ends a statement whose client has disconnected, which releases the conversations that it locks.
      options: '-c client_connection_check_interval=1000',
    },
  };
}
