import { Logger } from '@nestjs/common';
import type { EventEmitter } from 'node:events';

const logger = new Logger('queue');

/** BullMQ throws when nobody listens to its errors; they go to the log, one line each. */
export function reportErrors(source: EventEmitter, queue: string): void {
  source.on('error', (error: Error) => logger.warn({ err: error, queue }, 'The queue reports an error'));
}
