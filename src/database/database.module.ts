import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Environment } from '../config/environment.js';
import { dataSourceOptions } from './data-source.js';
import { DatabaseCheck } from './database.check.js';
import { DatabaseLocation } from './database-location.js';
import { NotificationsService } from './notifications.service.js';

@Module({})
export class DatabaseModule {
  static forLocation(location: DatabaseLocation, { DATABASE_POOL_SIZE }: Environment): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(location.url, DATABASE_POOL_SIZE),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
      ],
      providers: [{ provide: DatabaseLocation, useValue: location }, NotificationsService, DatabaseCheck],
      exports: [DatabaseLocation, NotificationsService],
    };
  }
}
