import { Logger } from '@nestjs/common';
import type { EventEmitter } from 'node:events';

const logger = new Logger('queue');

/** Logs the errors of a Queue or Worker, one line each. Without a listener BullMQ would throw them. */
export function reportErrors(source: EventEmitter, queue: string): void {
  source.on('error', (error: Error) => logger.warn({ err: error, queue }, 'The queue reported an error'));
}
