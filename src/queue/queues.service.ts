import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { withDeadline } from './deadline.js';
import { PunctualQueue } from './punctual-queue.js';

const READY_MS = 10_000;

/** Waits for the registered queues: one whose connection failed while it was made stays so for good. */
@Injectable()
export class QueuesService implements OnApplicationBootstrap {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws when one is not ready; then the process must start anew */
  async onApplicationBootstrap(): Promise<void> {
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    const queues = new Set(providers.filter((each) => each instanceof PunctualQueue));
    const ready = Promise.all([...queues].map((queue) => queue.waitUntilReady()));
    await withDeadline(ready, READY_MS, 'opening the queues');
  }
}
