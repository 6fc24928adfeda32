import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { withDeadline } from './deadline.js';
import { PunctualQueue } from './punctual-queue.js';

const READY_TIMEOUT_MS = 10_000;

/** Waits until the registered queues are ready: one whose first connection fails never recovers. */
@Injectable()
export class QueuesService implements OnApplicationBootstrap {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws when a queue is not ready in time; then the process must be restarted */
  async onApplicationBootstrap(): Promise<void> {
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    const queues = new Set(providers.filter((each) => each instanceof PunctualQueue));
    const ready = Promise.all([...queues].map((queue) => queue.waitUntilReady()));
    await withDeadline(ready, READY_TIMEOUT_MS, 'opening the queues');
  }
}
