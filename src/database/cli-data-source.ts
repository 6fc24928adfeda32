import { DataSource } from 'typeorm';
import { loadEnvironment } from '../config/load-environment.js';
import { dataSourceOptions } from './data-source.js';

const url = loadEnvironment().DATABASE_URL ?? 'postgres://127.0.0.1/sms_inbound';

/**
 * For TypeORM's command line (`npm run migration:run`, `migration:show`, `migration:revert`), which needs DATABASE_URL. It has
 * no query timeout, because the migration of a large table takes minutes.
 */
export default new DataSource({ ...dataSourceOptions(url), extra: {} });
