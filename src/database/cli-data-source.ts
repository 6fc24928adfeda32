import { DataSource } from 'typeorm';
import { loadEnvironment } from '../config/load-environment.js';
import { dataSourceOptions } from './data-source.js';

/** For TypeORM's command line (`npm run migration:show`, `npm run migration:revert`); it needs DATABASE_URL. */
export default new DataSource(dataSourceOptions(loadEnvironment().DATABASE_URL ?? 'postgres://127.0.0.1/sms_inbound'));
