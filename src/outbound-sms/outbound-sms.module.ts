import { Module } from '@nestjs/common';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { ContactsModule } from '../contacts/contacts.module.js';
import { registerQueues } from '../queue/register-queues.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { MessageProgressService } from './message-progress.service.js';
import { NoticesService } from './notices.service.js';
import { OutboundBacklogCheck } from './outbound-backlog.check.js';
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

@Module({
  imports: [
    registerQueues(OUTBOUND_SMS_QUEUE, STATUS_CHECK_QUEUE),
    TwilioIntegrationModule,
    ContactEventsModule,
    ContactsModule,
  ],
  controllers: [RepliesController, SegmentsController],
  providers: [
    RepliesService,
    ReplyRefusalsService,
    NoticesService,
    OutboundSmsQueue,
    OutboundSmsProcessor,
    OutboundSmsService,
    OutboundSmsSweep,
    SentMessagesService,
    MessageProgressService,
    StatusCheckQueue,
    StatusCheckProcessor,
    StatusCheckService,
    StatusCheckSweep,
    OutboundBacklogCheck,
    ...outboundMetricProviders,
  ],
  exports: [MessageProgressService, NoticesService],
})
export class OutboundSmsModule {}
