import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Environment } from '../config/environment.js';
import { dataSourceOptions } from './data-source.js';
import { NotificationsService } from './notifications.service.js';

@Module({})
export class DatabaseModule {
  static forEnvironment(environment: Environment): DynamicModule {
    const { DATABASE_URL, DATABASE_POOL_SIZE } = environment;
    if (DATABASE_URL === undefined)
      throw new Error('Call openDatabase before building the modules: DATABASE_URL is not set.');
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(DATABASE_URL, DATABASE_POOL_SIZE),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
      ],
      providers: [NotificationsService],
      exports: [NotificationsService],
    };
  }
}
