import { Controller, Get, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiValidated } from '../common/api-problems.decorator.js';
import { ContactEventPageDto } from './contact-event.dto.js';
import { ContactEventsService } from './contact-events.service.js';

export class ContactEventQuery {
  /** `sequence` of the last event you have; leave it out to read from the start. */
  @IsOptional()
  @IsString()
  after?: string;

  /** How many events to give at most. */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number from 1 to 100' })
  @Min(1, { message: 'must be a whole number from 1 to 100' })
  @Max(100, { message: 'must be a whole number from 1 to 100' })
  limit: number = 50;
}

@ApiTags('Contact events')
@Controller('events')
export class ContactEventsController {
  constructor(private readonly events: ContactEventsService) {}

  /** The log of contact events, oldest first, in the order they were committed. */
  @Get()
  @Access('events:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: ContactEventQuery): Promise<ContactEventPageDto> {
    return this.events.list(accountId, query);
  }
}
