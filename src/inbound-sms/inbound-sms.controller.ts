import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import { InboundSmsDto, InboundSmsPageDto, InboundSmsQuery } from './inbound-sms.dto.js';
import { InboundSmsService } from './inbound-sms.service.js';

@ApiTags('Inbound SMS')
@Controller('inbound-sms')
export class InboundSmsController {
  constructor(private readonly journal: InboundSmsService) {}

  /** Lists everything that Twilio delivered, newest first, with verdicts. */
  @Get()
  @Access('inbound-sms:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: InboundSmsQuery): Promise<InboundSmsPageDto> {
    return this.journal.list(accountId, query);
  }

  /** Returns one SMS of the journal. */
  @Get(':id')
  @Access('inbound-sms:read')
  @ApiNotFound('inbound SMS')
  get(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<InboundSmsDto> {
    return this.journal.get(accountId, id);
  }

  /**
   * Processes an SMS again that made no contact: a dead letter, or one that arrived while its entry point or channel was
   * off or its sender was blocked.
   */
  @Post(':id/replay')
  @HttpCode(202)
  @Access('inbound-sms:write')
  @ApiNotFound('inbound SMS')
  @ApiConflict('The SMS belongs to a contact already, or the form is not an SMS.')
  replay(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<InboundSmsDto> {
    return this.journal.replay(caller, id);
  }

  /** Discards a dead letter that needs no more work. It stays in the journal and can still be replayed. */
  @Post(':id/discard')
  @HttpCode(200)
  @Access('inbound-sms:write')
  @ApiNotFound('inbound SMS')
  @ApiConflict('The SMS is not a dead letter.')
  discard(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<InboundSmsDto> {
    return this.journal.discard(caller, id);
  }
}
