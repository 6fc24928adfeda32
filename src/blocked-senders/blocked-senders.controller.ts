import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import {
  BlockedSenderDto,
  BlockedSenderPageDto,
  BlockedSenderQuery,
  CreateBlockedSenderDto,
} from './blocked-sender.dto.js';
import { BlockedSendersService } from './blocked-senders.service.js';

@ApiTags('Blocked senders')
@Controller('blocked-senders')
export class BlockedSendersController {
  constructor(private readonly blockedSenders: BlockedSendersService) {}

  /** Senders whose SMS reach no agent, newest first. */
  @Get()
  @Access('contacts:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: BlockedSenderQuery): Promise<BlockedSenderPageDto> {
    return this.blockedSenders.list(accountId, query);
  }

  /** Blocks a sender: what it texts from now on stays in the journal as `blocked`, also when a contact is open. */
  @Post()
  @Access('contacts:write')
  @ApiConflict('The sender is blocked already; `blockedSender` has the id.')
  @ApiValidated()
  create(@CurrentCaller() caller: Caller, @Body() body: CreateBlockedSenderDto): Promise<BlockedSenderDto> {
    return this.blockedSenders.create(caller, body);
  }

  /** Lets the sender in again. What came meanwhile can be replayed from the journal. */
  @Delete(':id')
  @HttpCode(204)
  @Access('contacts:write')
  @ApiNotFound('blocked sender')
  delete(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<void> {
    return this.blockedSenders.delete(caller, id);
  }
}
