import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { RowJob } from '../queue/row-queue.js';
import { STATUS_CHECK_QUEUE } from './status-check.queue.js';
import { StatusCheckService } from './status-check.service.js';

@Processor(STATUS_CHECK_QUEUE)
export class StatusCheckProcessor extends WorkerHost {
  constructor(private readonly checks: StatusCheckService) {
    super();
  }

  async process({ data }: Job<RowJob>): Promise<void> {
    await this.checks.check(data.ids);
  }
}
