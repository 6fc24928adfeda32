import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { type Processor, Worker, type WorkerOptions } from 'bullmq';
import type { Environment } from '../config/environment.js';
import { ClockCheck } from './clock.check.js';
import { ClockService } from './clock.service.js';
import { OpenWorkers } from './open-workers.js';
import { QueueBackend } from './queue-backend.js';
import { reportErrors } from './queue-errors.js';
import { QueuesService } from './queues.service.js';
import { SweeperService } from './sweeper.service.js';

/** `maxStalledCount` is so high that stalls never fail a job for good: attempts are counted in the row, not by BullMQ. */
const WORKER_DEFAULTS = {
  lockDuration: 30_000,
  stalledInterval: 10_000,
  maxStalledCount: 1_000,
  drainDelay: 2,
  runRetryDelay: 1_000,
} satisfies Partial<WorkerOptions>;

@Module({})
export class QueueModule {
  static forBackend(backend: QueueBackend, environment: Environment): DynamicModule {
    const openWorkers: OpenWorkers = new OpenWorkers();
    BullModule.workerClass = class extends Worker {
      constructor(name: string, processor: Processor, options: WorkerOptions) {
        const concurrency = environment.WORKER_CONCURRENCY;
        const connection = backend.worker;
        // WorkersService runs the worker once it is ready.
        super(name, processor, { ...WORKER_DEFAULTS, concurrency, ...options, connection, autorun: false });
        reportErrors(this, name);
        openWorkers.add(this);
      }

      /**
       * In seconds. After an error, BullMQ on PostgreSQL would wait up to an hour for the notification of a new job, on a
       * connection that may have been cut without notice. This makes it poll as often as it normally does.
       */
      override get maximumBlockTimeout(): number {
        return WORKER_DEFAULTS.drainDelay;
      }
    };
    return {
      module: QueueModule,
      global: true,
      imports: [
        DiscoveryModule,
        BullModule.forRoot({
          connection: backend.producer,
          prefix: backend.prefix,
          extraOptions: { manualRegistration: true },
        }),
      ],
      providers: [
        { provide: QueueBackend, useValue: backend },
        { provide: OpenWorkers, useValue: openWorkers },
        QueuesService,
        ClockService,
        ClockCheck,
        SweeperService,
      ],
      exports: [BullModule, QueueBackend, OpenWorkers, ClockService, SweeperService],
    };
  }
}
