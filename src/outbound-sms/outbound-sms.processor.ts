import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { RowJob } from '../queue/row-queue.js';
import { OUTBOUND_SMS_QUEUE } from './outbound-sms.queue.js';
import { OutboundSmsService } from './outbound-sms.service.js';

@Processor(OUTBOUND_SMS_QUEUE)
export class OutboundSmsProcessor extends WorkerHost {
  constructor(private readonly outboundSms: OutboundSmsService) {
    super();
  }

  async process({ data }: Job<RowJob>): Promise<void> {
    for (const sendingNumberId of data.ids) await this.outboundSms.sendNext(sendingNumberId);
  }
}
