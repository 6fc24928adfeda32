import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import {
  ConsumerDto,
  ConsumerListDto,
  DeliveryPageDto,
  DeliveryQuery,
  PutConsumerDto,
  ReplayConsumerDto,
} from './consumer.dto.js';
import { ConsumersService } from './consumers.service.js';
import { ApiEventsPruned } from './events-pruned.js';

@ApiTags('Consumers')
@Controller('consumers')
export class ConsumersController {
  constructor(private readonly consumers: ConsumersService) {}

  /** The account's consumers by name. */
  @Get()
  @Access('consumers:read')
  list(@AccountId() accountId: string): Promise<ConsumerListDto> {
    return this.consumers.list(accountId);
  }

  /** One consumer, with what is in its queue. */
  @Get(':name')
  @Access('consumers:read')
  @ApiNotFound('consumer')
  get(@AccountId() accountId: string, @Param('name') name: string): Promise<ConsumerDto> {
    return this.consumers.get(accountId, name);
  }

  /** Registers a consumer: every contact event from now on goes into the queue `contact-events-<name>`. */
  @Put(':name')
  @Access('consumers:write')
  @ApiValidated()
  @ApiConflict('The name is taken.')
  put(
    @CurrentCaller() caller: Caller,
    @Param('name') name: string,
    @Body() body: PutConsumerDto,
  ): Promise<ConsumerDto> {
    return this.consumers.put(caller, name, body);
  }

  /** Deletes a consumer with its queue and what is still in it. */
  @Delete(':name')
  @HttpCode(204)
  @Access('consumers:write')
  @ApiNotFound('consumer')
  delete(@CurrentCaller() caller: Caller, @Param('name') name: string): Promise<void> {
    return this.consumers.delete(caller, name);
  }

  /** The events in a consumer's queue, by state. */
  @Get(':name/deliveries')
  @Access('consumers:read')
  @ApiNotFound('consumer')
  @ApiValidated()
  deliveries(
    @AccountId() accountId: string,
    @Param('name') name: string,
    @Query() query: DeliveryQuery,
  ): Promise<DeliveryPageDto> {
    return this.consumers.deliveries(accountId, name, query);
  }

  /** Gives events again, with the same event ids, from a place in the log. */
  @Post(':name/replay')
  @HttpCode(202)
  @Access('consumers:write')
  @ApiNotFound('consumer')
  @ApiValidated()
  @ApiEventsPruned()
  replay(
    @CurrentCaller() caller: Caller,
    @Param('name') name: string,
    @Body() body: ReplayConsumerDto,
  ): Promise<ConsumerDto> {
    return this.consumers.replay(caller, name, body);
  }
}
