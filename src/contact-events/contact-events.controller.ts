import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiValidated } from '../common/api-problems.decorator.js';
import { ContactEventPageDto, ContactEventQuery } from './contact-event.dto.js';
import { ContactEventsService } from './contact-events.service.js';
import { ApiEventsPruned } from './events-pruned.js';

@ApiTags('Contact events')
@Controller('events')
export class ContactEventsController {
  constructor(private readonly events: ContactEventsService) {}

  /** The log of contact events, oldest first, in the order they were committed. */
  @Get()
  @Access('events:read')
  @ApiValidated()
  @ApiEventsPruned()
  list(@AccountId() accountId: string, @Query() query: ContactEventQuery): Promise<ContactEventPageDto> {
    return this.events.list(accountId, query);
  }
}
