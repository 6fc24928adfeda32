import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { MediaModule } from '../media/media.module.js';
import { OptOutsModule } from '../opt-outs/opt-outs.module.js';
import { AutoCloseSweep } from './auto-close.sweep.js';
import { ContactActionsService } from './contact-actions.service.js';
import { ContactListsService } from './contact-lists.service.js';
import { ContactNote } from './contact-note.entity.js';
import { ContactNotesController } from './contact-notes.controller.js';
import { ContactNotesService } from './contact-notes.service.js';
import { Contact } from './contact.entity.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { MediaEventsService } from './media-events.service.js';
import { Message } from './message.entity.js';
import { OptOutsController } from './opt-outs.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Contact, ContactNote, Message]), ContactEventsModule, OptOutsModule, MediaModule],
  controllers: [ContactsController, ContactNotesController, OptOutsController],
  providers: [
    ContactsService,
    ContactActionsService,
    ContactListsService,
    ContactNotesService,
    MediaEventsService,
    AutoCloseSweep,
  ],
  exports: [ContactsService, ContactListsService],
})
export class ContactsModule {}
