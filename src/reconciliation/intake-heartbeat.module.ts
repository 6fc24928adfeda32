import { Module } from '@nestjs/common';
import { InboundSmsModule } from '../inbound-sms/inbound-sms.module.js';
import { IntakeHeartbeatService } from './intake-heartbeat.service.js';

/** Only for processes that take webhooks: their silence is an outage. */
@Module({ imports: [InboundSmsModule], providers: [IntakeHeartbeatService] })
export class IntakeHeartbeatModule {}
