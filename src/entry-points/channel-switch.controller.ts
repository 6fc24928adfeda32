import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiValidated } from '../common/api-problems.decorator.js';
import { SmsInboundDto, UpdateSmsInboundDto } from './channel-switch.dto.js';
import { ChannelSwitchService } from './channel-switch.service.js';

@ApiTags('Entry points')
@Controller('sms-inbound')
export class ChannelSwitchController {
  constructor(private readonly smsInbound: ChannelSwitchService) {}

  /** Whether all entry points are disabled, since when, and by whom. */
  @Get()
  @Access('entry-points:read')
  get(@AccountId() accountId: string): Promise<SmsInboundDto> {
    return this.smsInbound.get(accountId);
  }

  /** Disables all entry points at once, or lets them be again as their own switches and their campaigns say. */
  @Patch()
  @Access('entry-points:write')
  @ApiValidated()
  update(@CurrentCaller() caller: Caller, @Body() body: UpdateSmsInboundDto): Promise<SmsInboundDto> {
    return this.smsInbound.update(caller, body);
  }
}
