import { Logger } from '@nestjs/common';
import { Queue, type QueueOptions } from 'bullmq';
import { withDeadline } from './deadline.js';
import { reportErrors } from './queue-errors.js';

const CLOSE_TIMEOUT_MS = 2_000;

/** A Queue that logs its errors, and whose `close` does not wait for a server that is down. */
export class PunctualQueue<T = unknown> extends Queue<T> {
  constructor(name: string, options: QueueOptions) {
    super(name, options);
    reportErrors(this, name);
  }

  override async close(): Promise<void> {
    await withDeadline(super.close(), CLOSE_TIMEOUT_MS, `closing ${this.name}`).catch((error: Error) =>
      new Logger('queue').warn({ err: error, queue: this.name }, 'A queue could not be closed'),
    );
  }
}
