import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { AboutController } from './about.controller.js';
import { DrainingService } from './draining.service.js';
import { DurabilityService } from './durability.service.js';
import { HealthReportController } from './health-report.controller.js';
import { HealthReportService } from './health-report.service.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { ProcessHealthIndicator } from './process.health.js';
import { QueueHealthIndicator } from './queue.health.js';
import { ServiceQueues } from './service-queues.queue.js';

@Module({
  imports: [
    TerminusModule.forRoot({ logger: false }),
    PrometheusModule.register({ controller: MetricsController }),
    TwilioIntegrationModule,
  ],
  controllers: [HealthController, HealthReportController, AboutController],
  providers: [
    QueueHealthIndicator,
    ProcessHealthIndicator,
    DrainingService,
    DurabilityService,
    HealthReportService,
    ServiceQueues,
  ],
})
export class HealthModule {}
