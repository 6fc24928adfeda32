import { Module } from '@nestjs/common';
import { EntryPointsModule } from '../entry-points/entry-points.module.js';
import { InboundSmsModule } from '../inbound-sms/inbound-sms.module.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { NumberWalkService } from './number-walk.service.js';
import { ReconciliationCheck } from './reconciliation.check.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { reconciliationMetricProviders } from './reconciliation.metrics.js';
import { ReconciliationService } from './reconciliation.service.js';
import { ReconciliationSweep } from './reconciliation.sweep.js';

@Module({
  imports: [TwilioIntegrationModule, EntryPointsModule, InboundSmsModule],
  controllers: [ReconciliationController],
  providers: [
    ReconciliationService,
    NumberWalkService,
    ReconciliationSweep,
    ReconciliationCheck,
    ...reconciliationMetricProviders,
  ],
})
export class ReconciliationModule {}
