import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import { PunctualQueue } from './punctual-queue.js';

// Here, and not where the application is put together: a module's imports are made when its file is loaded.
BullModule.queueClass = PunctualQueue;

/** For the imports of a module; each is a PunctualQueue. */
export const registerQueues = (...names: string[]): DynamicModule =>
  BullModule.registerQueue(...names.map((name) => ({ name })));
