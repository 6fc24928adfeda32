import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type DueRow, enqueueDueRows } from '../queue/due-rows.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';

const JOURNAL = { name: 'inbound_sms', isPending: 'processed_at IS NULL' };

/** Finds rows of the journal whose job never ran, and enqueues them again. */
@Injectable()
export class InboundSmsSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly queue: InboundSmsQueue,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('inbound-sms', () =>
      enqueueDueRows(this.dataSource.manager, JOURNAL, (rows) => this.enqueue(rows)),
    );
  }

  /** Adds one job for the batch; its worker processes the conversations of all these rows. */
  private enqueue(rows: DueRow[]): Promise<void> {
    const generation = Math.max(...rows.map((row) => row.generation));
    return this.queue.enqueue(
      rows.map(({ id }) => id),
      generation,
    );
  }
}
