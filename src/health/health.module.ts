import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { QueueHealthIndicator } from './queue.health.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), PrometheusModule.register({ controller: MetricsController })],
  controllers: [HealthController],
  providers: [QueueHealthIndicator],
})
export class HealthModule {}
