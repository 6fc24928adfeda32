import { Module } from '@nestjs/common';
import { InboundSmsModule } from './inbound-sms.module.js';
import { IntakeService } from './intake.service.js';
import { SpoolFlushService } from './spool-flush.service.js';

/** Takes SMS in: into the journal, or into the spool while the database is away. */
@Module({
  imports: [InboundSmsModule],
  providers: [IntakeService, SpoolFlushService],
  exports: [IntakeService],
})
export class IntakeModule {}
