import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { ContactActionsService } from './contact-actions.service.js';
import { ContactListsService } from './contact-lists.service.js';
import {
  AcceptContactDto,
  ContactCountsDto,
  ContactCountsQuery,
  ContactDto,
  ContactPageDto,
  ContactQuery,
  TransferContactDto,
  UpdateContactDto,
} from './contact.dto.js';
import { MessagePageDto, MessageQuery } from './message.dto.js';

@ApiTags('Contacts')
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly actions: ContactActionsService,
    private readonly lists: ContactListsService,
  ) {}

  /** Contacts, newest first unless asked otherwise. */
  @Get()
  @Access('contacts:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: ContactQuery): Promise<ContactPageDto> {
    return this.lists.list(accountId, query);
  }

  /** How many contacts wait, how many have an agent, and how many of them the agent who asks. */
  @Get('counts')
  @Access('contacts:read')
  @ApiValidated()
  count(@AccountId() accountId: string, @Query() query: ContactCountsQuery): Promise<ContactCountsDto> {
    return this.lists.count(accountId, query);
  }

  /** One contact. */
  @Get(':id')
  @Access('contacts:read')
  @ApiNotFound('contact')
  get(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<ContactDto> {
    return this.lists.get(accountId, id);
  }

  /** The same customer's contacts of before, with any entry point, oldest first. */
  @Get(':id/earlier')
  @Access('contacts:read')
  @ApiNotFound('contact')
  @ApiValidated()
  listEarlier(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<ContactPageDto> {
    return this.lists.listEarlier(accountId, id, query);
  }

  /** Sets tags or data, each as a whole; what is left out stays. */
  @Patch(':id')
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiValidated()
  update(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateContactDto,
  ): Promise<ContactDto> {
    return this.actions.update(accountId, id, body);
  }

  /** The contact's thread, oldest message first; with `order=newest` from its end back. */
  @Get(':id/messages')
  @Access('contacts:read')
  @ApiNotFound('contact')
  @ApiValidated()
  listMessages(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Query() query: MessageQuery,
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
    return this.actions.accept(accountId, id, agentId);
  }

  /** Gives a contact to an agent, whoever has it, or back to those who wait for one. */
  @Post(':id/transfer')
  @HttpCode(200)
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiConflict('The contact is closed.')
  @ApiValidated()
  transfer(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Body() { agentId }: TransferContactDto,
  ): Promise<ContactDto> {
    return this.actions.transfer(accountId, id, agentId);
  }

  /**
   * Closes a contact. The customer's next SMS opens a new one, or this one again when it comes within the entry point's
   * `reopenMinutes`.
   */
  @Post(':id/close')
  @HttpCode(200)
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiConflict('The contact is closed already.')
  close(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<ContactDto> {
    return this.actions.close(accountId, id);
  }

  /** Undoes a close: the contact goes back to the agent who had it, or waits. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiConflict('The contact is open, or the customer has another open one; `contact.id` names it.')
  reopen(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<ContactDto> {
    return this.actions.reopen(accountId, id);
  }
}
