import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { MediaModule } from '../media/media.module.js';
import { ContactListsService } from './contact-lists.service.js';
import { Contact } from './contact.entity.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { Message } from './message.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Contact, Message]), ContactEventsModule, MediaModule],
  controllers: [ContactsController],
  providers: [ContactsService, ContactListsService],
  exports: [ContactsService, ContactListsService],
})
export class ContactsModule {}
