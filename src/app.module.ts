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
import { DatabaseModule } from './database/database.module.js';
import { EntryPointsModule } from './entry-points/entry-points.module.js';
import { HealthModule } from './health/health.module.js';
import { httpLoggerOptions } from './server/logger.js';
import { MediaModule } from './media/media.module.js';
import { OptOutsModule } from './opt-outs/opt-outs.module.js';
import type { QueueBackend } from './queue/queue-backend.js';
import { QueueModule } from './queue/queue.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { SpoolModule } from './spool/spool.module.js';
import { TwilioIntegrationModule } from './twilio-integration/twilio-integration.module.js';

@Module({})
export class AppModule {
  static forRoles(environment: Environment, backend: QueueBackend, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(httpLoggerOptions(logger)),
        ConfigModule.forEnvironment(environment),
        DatabaseModule.forEnvironment(environment),
        QueueModule.forBackend(backend, environment),
        SpoolModule,
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
        ReconciliationModule.forRoles(environment),
        HealthModule,
      ],
    };
  }
}
