import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { OptOutPageDto } from '../opt-outs/opt-out.dto.js';
import { ContactListsService } from './contact-lists.service.js';

@ApiTags('Contacts')
@Controller('contacts')
export class OptOutsController {
  constructor(private readonly lists: ContactListsService) {}

  /** When the contact's customer texted STOP or START to its number, newest first; the first row says how it stands. */
  @Get(':id/opt-outs')
  @Access('contacts:read')
  @ApiNotFound('contact')
  @ApiValidated()
  list(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<OptOutPageDto> {
    return this.lists.listOptOuts(accountId, id, query);
  }
}
