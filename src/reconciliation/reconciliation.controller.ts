import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Expensive } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiConflict } from '../common/api-problems.decorator.js';
import { ReconciliationPageDto } from './reconciliation.dto.js';
import { ReconciliationService } from './reconciliation.service.js';

@ApiTags('Inbound SMS')
@Controller('reconciliation')
export class ReconciliationController {
  constructor(private readonly reconciliation: ReconciliationService) {}

  /** Shows for each number how far Twilio's list of received messages was compared with the journal. */
  @Get()
  @Access('inbound-sms:read')
  list(@AccountId() accountId: string): Promise<ReconciliationPageDto> {
    return this.reconciliation.list(accountId);
  }

  /**
   * Starts the comparison for every number within seconds, instead of after RECONCILE_MINUTES. SMS younger than a minute may
   * still be on their way and are left to the next comparison.
   */
  @Post()
  @HttpCode(202)
  @Access('inbound-sms:write')
  @Expensive()
  @ApiConflict('No Twilio account is connected.')
  request(@AccountId() accountId: string): Promise<ReconciliationPageDto> {
    return this.reconciliation.request(accountId);
  }
}
