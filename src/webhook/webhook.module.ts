import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import type { Environment } from '../config/environment.js';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { ContactsModule } from '../contacts/contacts.module.js';
import { EntryPointsModule } from '../entry-points/entry-points.module.js';
import { OutboundSmsModule } from '../outbound-sms/outbound-sms.module.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { InboundSmsRow } from './inbound-sms.entity.js';
import { InboundSmsProcessor } from './inbound-sms.processor.js';
import { INBOUND_SMS_QUEUE, InboundSmsQueue } from './inbound-sms.queue.js';
import { InboundSmsService } from './inbound-sms.service.js';
import { InboundSmsSweep } from './inbound-sms.sweep.js';
import { InboxService } from './inbox.service.js';
import { JournalController } from './journal.controller.js';
import { JournalService } from './journal.service.js';
import { RefusedRequestsModule } from './refused-requests.js';
import { TwilioSmsController } from './twilio-sms.controller.js';
import { TwilioStatusController } from './twilio-status.controller.js';
import { WebhookKeys } from './webhook-keys.service.js';
import { WebhookMetrics, webhookMetricProviders } from './webhook.metrics.js';

@Module({})
export class WebhookModule {
  static forRoles(environment: Environment): DynamicModule {
    const api = environment.has('api');
    const worker = environment.has('worker');
    return {
      module: WebhookModule,
      imports: [
        AccessModule,
        TypeOrmModule.forFeature([InboundSmsRow]),
        BullModule.registerQueue({ name: INBOUND_SMS_QUEUE }),
        RefusedRequestsModule,
        TwilioIntegrationModule,
        EntryPointsModule,
        ContactEventsModule,
        ContactsModule,
        OutboundSmsModule.forRoles(environment),
      ],
      controllers: api ? [TwilioSmsController, TwilioStatusController, JournalController] : [],
      providers: [
        InboundSmsQueue,
        InboundSmsSweep,
        ...webhookMetricProviders,
        ...(api || environment.has('scheduler') ? [InboxService] : []),
        ...(api ? [WebhookKeys, JournalService] : []),
        ...(worker ? [InboundSmsService, InboundSmsProcessor] : []),
      ],
      exports: [WebhookMetrics, ...(api || environment.has('scheduler') ? [InboxService] : [])],
    };
  }
}
