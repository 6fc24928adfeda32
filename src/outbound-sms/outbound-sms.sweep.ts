import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SweeperService } from '../queue/sweeper.service.js';
import { findIdleNumbers } from './outbound-sms.queries.js';
import { OutboundSmsQueue } from './outbound-sms.queue.js';

const MAX_NUMBERS = 1_000;

/** Finds numbers that have something to send but whose job never ran, and enqueues them again. */
@Injectable()
export class OutboundSmsSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly queue: OutboundSmsQueue,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('outbound-sms', () => this.sweep());
  }

  private async sweep(): Promise<number> {
    const ids = await findIdleNumbers(this.dataSource.manager, MAX_NUMBERS);
    const now = new Date();
    for (const id of ids) await this.queue.enqueueAt(id, now);
    return ids.length;
  }
}
