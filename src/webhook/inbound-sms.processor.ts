import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { Nudge } from '../queue/nudge-queue.js';
import { INBOUND_SMS_QUEUE } from './inbound-sms.queue.js';
import { InboundSmsService } from './inbound-sms.service.js';

@Processor(INBOUND_SMS_QUEUE)
export class InboundSmsProcessor extends WorkerHost {
  constructor(private readonly inboundSms: InboundSmsService) {
    super();
  }

  async process({ data }: Job<Nudge>): Promise<void> {
    await this.inboundSms.process(data.ids);
  }
}
