import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { ContactsModule } from '../contacts/contacts.module.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { MessageProgressService } from './message-progress.service.js';
import { NoticesService } from './notices.service.js';
import { OutboundSmsProcessor } from './outbound-sms.processor.js';
import { OUTBOUND_SMS_QUEUE, OutboundSmsQueue } from './outbound-sms.queue.js';
import { OutboundSmsService } from './outbound-sms.service.js';
import { OutboundSmsSweep } from './outbound-sms.sweep.js';
import { outboundMetricProviders } from './outbound.metrics.js';
import { RepliesController } from './replies.controller.js';
import { RepliesService } from './replies.service.js';
import { ReplyRefusalsService } from './reply-refusals.service.js';
import { SegmentsController } from './segments.controller.js';
import { SentMessagesService } from './sent-messages.service.js';
import { StatusCheckProcessor } from './status-check.processor.js';
import { STATUS_CHECK_QUEUE, StatusCheckQueue } from './status-check.queue.js';
import { StatusCheckService } from './status-check.service.js';
import { StatusCheckSweep } from './status-check.sweep.js';

@Module({})
export class OutboundSmsModule {
  static forRoles(environment: Environment): DynamicModule {
    const worker = environment.has('worker');
    return {
      module: OutboundSmsModule,
      imports: [
        BullModule.registerQueue({ name: OUTBOUND_SMS_QUEUE }, { name: STATUS_CHECK_QUEUE }),
        TwilioIntegrationModule,
        ContactEventsModule,
        ContactsModule,
      ],
      controllers: environment.has('api') ? [RepliesController, SegmentsController] : [],
      providers: [
        OutboundSmsQueue,
        OutboundSmsSweep,
        StatusCheckQueue,
        StatusCheckSweep,
        MessageProgressService,
        NoticesService,
        RepliesService,
        ReplyRefusalsService,
        ...outboundMetricProviders,
        ...(worker
          ? [OutboundSmsService, OutboundSmsProcessor, SentMessagesService, StatusCheckService, StatusCheckProcessor]
          : []),
      ],
      exports: [MessageProgressService, NoticesService],
    };
  }
}
