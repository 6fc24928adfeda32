import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import { PunctualQueue } from './punctual-queue.js';

// Set here and not in QueueModule, because the imports of a module are evaluated when its file is loaded.
BullModule.queueClass = PunctualQueue;

/** For the imports of a module. Each queue is a PunctualQueue. */
export const registerQueues = (...names: string[]): DynamicModule =>
  BullModule.registerQueue(...names.map((name) => ({ name })));
