import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { ContactsModule } from '../contacts/contacts.module.js';
import { OutboundSmsModule } from '../outbound-sms/outbound-sms.module.js';
import { registerQueues } from '../queue/register-queues.js';
import { EntryPointTrafficController } from './entry-point-traffic.controller.js';
import { InboundSmsController } from './inbound-sms.controller.js';
import { InboundSmsRow } from './inbound-sms.entity.js';
import { InboundSmsHealthCheck } from './inbound-sms-health.check.js';
import { InboundSmsMetrics, inboundSmsMetricProviders } from './inbound-sms.metrics.js';
import { InboundSmsProcessingService } from './inbound-sms-processing.service.js';
import { InboundSmsProcessor } from './inbound-sms.processor.js';
import { INBOUND_SMS_QUEUE, InboundSmsQueue } from './inbound-sms.queue.js';
import { InboundSmsService } from './inbound-sms.service.js';
import { InboundSmsSweep } from './inbound-sms.sweep.js';
import { InboundWatchdogService, watchdogMetricProvider } from './inbound-watchdog.service.js';
import { JournalWriterService } from './journal-writer.service.js';
import { SpoolDrainService } from './spool-drain.service.js';
import { SuspectSmsService } from './suspect-sms.service.js';

@Module({
  imports: [
    AccessModule,
    TypeOrmModule.forFeature([InboundSmsRow]),
    registerQueues(INBOUND_SMS_QUEUE),
    ContactsModule,
    OutboundSmsModule,
  ],
  controllers: [InboundSmsController, EntryPointTrafficController],
  providers: [
    JournalWriterService,
    SpoolDrainService,
    InboundSmsQueue,
    InboundSmsProcessor,
    InboundSmsProcessingService,
    SuspectSmsService,
    InboundSmsSweep,
    InboundSmsService,
    InboundSmsHealthCheck,
    InboundWatchdogService,
    watchdogMetricProvider,
    ...inboundSmsMetricProviders,
  ],
  exports: [JournalWriterService, SpoolDrainService, InboundSmsQueue, InboundSmsMetrics],
})
export class InboundSmsModule {}
