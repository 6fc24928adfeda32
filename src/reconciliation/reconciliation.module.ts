import { type DynamicModule, Module } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import { EntryPointsModule } from '../entry-points/entry-points.module.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { WebhookModule } from '../webhook/webhook.module.js';
import { DoorHeartbeat } from './intake-heartbeat.service.js';
import { NumberWalkService } from './number-walk.service.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { reconciliationMetricProviders } from './reconciliation.metrics.js';
import { ReconciliationService } from './reconciliation.service.js';
import { ReconciliationSweep } from './reconciliation.sweep.js';

@Module({})
export class ReconciliationModule {
  static forRoles(environment: Environment): DynamicModule {
    const api = environment.has('api');
    return {
      module: ReconciliationModule,
      imports: [TwilioIntegrationModule, EntryPointsModule, WebhookModule.forRoles(environment)],
      controllers: api ? [ReconciliationController] : [],
      providers: [
        ...(api ? [DoorHeartbeat, ReconciliationService] : []),
        ...(environment.has('scheduler')
          ? [NumberWalkService, ReconciliationSweep, ...reconciliationMetricProviders]
          : []),
      ],
    };
  }
}
