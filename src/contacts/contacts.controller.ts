import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { ContactListsService } from './contact-lists.service.js';
import { AcceptContactDto, ContactDto, ContactPageDto, ContactQuery } from './contact.dto.js';
import { ContactsService } from './contacts.service.js';
import { MessagePageDto } from './message.dto.js';

@ApiTags('Contacts')
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly lists: ContactListsService,
  ) {}

  /** Contacts, newest first. */
  @Get()
  @Access('contacts:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: ContactQuery): Promise<ContactPageDto> {
    return this.lists.list(accountId, query);
  }

  /** One contact. */
  @Get(':id')
  @Access('contacts:read')
  @ApiNotFound('contact')
  get(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<ContactDto> {
    return this.lists.get(accountId, id);
  }

  /** The contact's thread, oldest message first. */
  @Get(':id/messages')
  @Access('contacts:read')
  @ApiNotFound('contact')
  @ApiValidated()
  listMessages(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<MessagePageDto> {
    return this.lists.listMessages(accountId, id, query);
  }

  /** Claims a waiting contact for an agent; of many at once exactly one gets it. */
  @Post(':id/accept')
  @HttpCode(200)
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiConflict('Another agent was first, or the contact is closed.')
  @ApiValidated()
  accept(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Body() { agentId }: AcceptContactDto,
  ): Promise<ContactDto> {
    return this.contacts.accept(accountId, id, agentId);
  }

  /** Closes a contact; the customer's next SMS opens a new one. */
  @Post(':id/close')
  @HttpCode(200)
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiConflict('The contact is closed already.')
  close(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<ContactDto> {
    return this.contacts.close(accountId, id);
  }
}
