import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { withDeadline } from './deadline.js';
import type { PunctualQueue } from './punctual-queue.js';

const READY_MS = 10_000;

/** The registered queues of this process. */
export class OpenQueues extends Set<PunctualQueue> {}

/** Waits for the registered queues: one whose connection failed while it was made stays so for good. */
@Injectable()
export class QueuesService implements OnApplicationBootstrap {
  constructor(private readonly queues: OpenQueues) {}

  /** @throws when one is not ready; then the process must start anew */
  async onApplicationBootstrap(): Promise<void> {
    const ready = Promise.all([...this.queues].map((queue) => queue.waitUntilReady()));
    await withDeadline(ready, READY_MS, 'opening the queues');
  }
}
