import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment } from '../config/environment.js';

/** More than any request of ours takes. */
const FINISH_MS = 4_000;
const LOOK_MS = 50;

/**
 * The first step to the end: not ready any more, then no new connection, and every request that is here gets its answer.
 * Workers, queues and pools end after it (beforeApplicationShutdown, onApplicationShutdown): requests need them.
 */
@Injectable()
export class DrainingService implements OnModuleDestroy {
  isDraining = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly environment: Environment,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.isDraining = true;
    await sleep(this.environment.SHUTDOWN_WAIT_SECONDS * 1_000);
    const server = this.host.httpAdapter.getHttpServer() as Server;
    // One whose answer began before this keeps its connection, which nobody needs any more.
    const timers = [
      setInterval(() => server.closeIdleConnections(), LOOK_MS),
      setTimeout(() => server.closeAllConnections(), FINISH_MS),
    ];
    try {
      await this.host.httpAdapter.close();
    } finally {
      timers.forEach((timer) => clearTimeout(timer));
    }
  }
}
