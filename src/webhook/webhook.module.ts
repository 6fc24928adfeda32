import { Module } from '@nestjs/common';
import { EntryPointsModule } from '../entry-points/entry-points.module.js';
import { InboundSmsModule } from '../inbound-sms/inbound-sms.module.js';
import { IntakeModule } from '../inbound-sms/intake.module.js';
import { OutboundSmsModule } from '../outbound-sms/outbound-sms.module.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { RefusedRequestsModule } from './refused-requests.module.js';
import { SignedRequestsService } from './signed-requests.service.js';
import { TwilioStatusController } from './twilio-status.controller.js';
import { WebhookKeysService } from './webhook-keys.service.js';

/** What Twilio calls over HTTP. The route for SMS is opened by `openIntakeRoute`. */
@Module({
  imports: [
    RefusedRequestsModule,
    TwilioIntegrationModule,
    EntryPointsModule,
    OutboundSmsModule,
    InboundSmsModule,
    IntakeModule,
  ],
  controllers: [TwilioStatusController],
  providers: [WebhookKeysService, SignedRequestsService],
})
export class WebhookModule {}
