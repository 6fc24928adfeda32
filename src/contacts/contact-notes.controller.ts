import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { ContactNoteDto, ContactNotePageDto, CreateContactNoteDto } from './contact-note.dto.js';
import { ContactNotesService } from './contact-notes.service.js';

@ApiTags('Contacts')
@Controller('contacts/:id/notes')
export class ContactNotesController {
  constructor(private readonly notes: ContactNotesService) {}

  /** Notes on the contact, oldest first. */
  @Get()
  @Access('contacts:read')
  @ApiNotFound('contact')
  @ApiValidated()
  list(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<ContactNotePageDto> {
    return this.notes.list(accountId, id, query);
  }

  /** Adds a note, for agents only; a closed contact takes notes too. */
  @Post()
  @Access('contacts:write')
  @ApiNotFound('contact')
  @ApiValidated()
  add(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Body() body: CreateContactNoteDto,
  ): Promise<ContactNoteDto> {
    return this.notes.add(accountId, id, body);
  }

  /** Deletes a note. */
  @Delete(':noteId')
  @HttpCode(204)
  @Access('contacts:write')
  @ApiNotFound('contact or note')
  delete(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Param('noteId', IdPipe) noteId: string,
  ): Promise<void> {
    return this.notes.delete(accountId, id, noteId);
  }
}
