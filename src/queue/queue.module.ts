import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Processor, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq';
import type { Environment } from '../config/environment.js';
import { QueueBackend } from './queue-backend.js';
import { reportErrors } from './queue-errors.js';
import { SweeperService } from './sweeper.service.js';
import { OpenWorkers, WorkersService } from './workers.service.js';

/** Where PROMISES of BullMQ end, ours begin: stalls never park a job for good, attempts are counted in the row. */
const WORKER_DEFAULTS = {
  lockDuration: 30_000,
  stalledInterval: 10_000,
  maxStalledCount: 1_000,
  drainDelay: 5,
  runRetryDelay: 1_000,
} satisfies Partial<WorkerOptions>;

@Module({})
export class QueueModule {
  static forBackend(backend: QueueBackend, environment: Environment): DynamicModule {
    const openWorkers: OpenWorkers = new OpenWorkers();
    BullModule.queueClass = class extends Queue {
      constructor(name: string, options: QueueOptions) {
        super(name, options);
        reportErrors(this, name);
      }
    };
    BullModule.workerClass = class extends Worker {
      constructor(name: string, processor: Processor, options: WorkerOptions) {
        const concurrency = environment.WORKER_CONCURRENCY;
        super(name, processor, { ...WORKER_DEFAULTS, concurrency, ...options, connection: backend.worker });
        reportErrors(this, name);
        openWorkers.add(this);
      }
    };
    return {
      module: QueueModule,
      global: true,
      imports: [
        BullModule.forRoot({
          connection: backend.producer,
          prefix: backend.prefix,
          extraOptions: { manualRegistration: true },
        }),
      ],
      providers: [
        { provide: QueueBackend, useValue: backend },
        { provide: OpenWorkers, useValue: openWorkers },
        SweeperService,
        ...(environment.has('worker') ? [WorkersService] : []),
      ],
      exports: [QueueBackend, SweeperService],
    };
  }
}
