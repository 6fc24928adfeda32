import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { AccessModule } from './access/access.module.js';
import { BlockedSendersModule } from './blocked-senders/blocked-senders.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { CannedRepliesModule } from './canned-replies/canned-replies.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { ContactEventsModule } from './contact-events/contact-events.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import type { DatabaseLocation } from './database/database-location.js';
import { DatabaseModule } from './database/database.module.js';
import { EntryPointsModule } from './entry-points/entry-points.module.js';
import { HealthChecksModule } from './health-checks/health-checks.module.js';
import { HealthModule } from './health/health.module.js';
import { InboundSmsModule } from './inbound-sms/inbound-sms.module.js';
import { IntakeModule } from './inbound-sms/intake.module.js';
import { MediaModule } from './media/media.module.js';
import { OptOutsModule } from './opt-outs/opt-outs.module.js';
import { OutboundSmsModule } from './outbound-sms/outbound-sms.module.js';
import type { QueueBackend } from './queue/queue-backend.js';
import { QueueModule } from './queue/queue.module.js';
import { SchedulerModule } from './queue/scheduler.module.js';
import { WorkersModule } from './queue/workers.module.js';
import { IntakeHeartbeatModule } from './reconciliation/intake-heartbeat.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { httpLoggerOptions } from './server/logger.js';
import { SpoolModule } from './spool/spool.module.js';
import { TwilioIntegrationModule } from './twilio-integration/twilio-integration.module.js';
import { RefusedRequestsModule } from './webhook/refused-requests.module.js';
import { WebhookModule } from './webhook/webhook.module.js';

/** The product, in every process: what each module offers to the others. What runs by itself is chosen by role below. */
const FEATURES = [
  AccessModule,
  CampaignsModule,
  TwilioIntegrationModule,
  ContactEventsModule,
  OptOutsModule,
  BlockedSendersModule,
  CannedRepliesModule,
  MediaModule,
  ContactsModule,
  EntryPointsModule,
  OutboundSmsModule,
  InboundSmsModule,
  RefusedRequestsModule,
  ReconciliationModule,
  HealthModule,
];

const BY_ROLE = {
  api: [IntakeModule, WebhookModule, IntakeHeartbeatModule],
  worker: [WorkersModule],
  scheduler: [SchedulerModule],
};

/** Whether this process answers people, programs and Twilio, and not only probes. */
export const servesApi = (environment: Environment): boolean => environment.has('api');

@Module({})
export class AppModule {
  static forRoles(
    environment: Environment,
    database: DatabaseLocation,
    backend: QueueBackend,
    logger: Logger,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(httpLoggerOptions(logger)),
        ConfigModule.forEnvironment(environment),
        HealthChecksModule,
        DatabaseModule.forLocation(database, environment),
        QueueModule.forBackend(backend, environment),
        SpoolModule.forUse({ isFilled: environment.has('api'), isEmptied: environment.has('scheduler') }),
        ...FEATURES,
        ...environment.ROLES.flatMap((role) => BY_ROLE[role]),
      ],
    };
  }
}
