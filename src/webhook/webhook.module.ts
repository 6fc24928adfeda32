import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import type { Environment } from '../config/environment.js';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { ContactsModule } from '../contacts/contacts.module.js';
import { EntryPointsModule } from '../entry-points/entry-points.module.js';
import { OutboundSmsModule } from '../outbound-sms/outbound-sms.module.js';
import { registerQueues } from '../queue/register-queues.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { InboundSmsRow } from '../inbound-sms/inbound-sms.entity.js';
import { InboundSmsProcessor } from '../inbound-sms/inbound-sms.processor.js';
import { INBOUND_SMS_QUEUE, InboundSmsQueue } from '../inbound-sms/inbound-sms.queue.js';
import { InboundSmsService } from '../inbound-sms/inbound-sms-processing.service.js';
import { InboundWatchdog, watchdogMetricProvider } from '../inbound-sms/inbound-watchdog.service.js';
import { InboundSmsSweep } from '../inbound-sms/inbound-sms.sweep.js';
import { InboxService } from '../inbound-sms/intake.service.js';
import { JournalController } from '../inbound-sms/inbound-sms.controller.js';
import { JournalWriter } from '../inbound-sms/journal-writer.service.js';
import { JournalService } from '../inbound-sms/inbound-sms.service.js';
import { RefusedRequestsModule } from './refused-requests.service.js';
import { SpoolDrain } from '../inbound-sms/spool-drain.service.js';
import { SpoolFlush } from '../inbound-sms/spool-flush.service.js';
import { SuspectSmsService } from '../inbound-sms/suspect-sms.service.js';
import { TwilioRequests } from './signed-requests.service.js';
import { TwilioStatusController } from './twilio-status.controller.js';
import { WebhookKeys } from './webhook-keys.service.js';
import { WebhookMetrics, webhookMetricProviders } from '../inbound-sms/inbound-sms.metrics.js';

@Module({})
export class WebhookModule {
  static forRoles(environment: Environment): DynamicModule {
    const api = environment.has('api');
    const worker = environment.has('worker');
    // By webhook, or from Twilio's list.
    const takes = api || environment.has('scheduler');
    return {
      module: WebhookModule,
      imports: [
        AccessModule,
        TypeOrmModule.forFeature([InboundSmsRow]),
        registerQueues(INBOUND_SMS_QUEUE),
        RefusedRequestsModule,
        TwilioIntegrationModule,
        EntryPointsModule,
        ContactEventsModule,
        ContactsModule,
        OutboundSmsModule.forRoles(environment),
      ],
      controllers: api ? [TwilioStatusController, JournalController] : [],
      providers: [
        InboundSmsQueue,
        InboundSmsSweep,
        watchdogMetricProvider,
        InboundWatchdog,
        ...webhookMetricProviders,
        ...(takes ? [JournalWriter, SpoolDrain] : []),
        ...(api ? [WebhookKeys, TwilioRequests, InboxService, SpoolFlush, JournalService] : []),
        ...(worker ? [InboundSmsService, SuspectSmsService, InboundSmsProcessor] : []),
      ],
      exports: [WebhookMetrics, ...(takes ? [JournalWriter, SpoolDrain] : [])],
    };
  }
}
