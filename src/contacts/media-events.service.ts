import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MediaChangesService } from '../media/media-changes.service.js';
import { recordContactEvent } from './contact-version.queries.js';

/** Tells in the event log that a picture or file of a message has another state. */
@Injectable()
export class MediaEventsService implements OnModuleInit {
  constructor(private readonly changes: MediaChangesService) {}

  onModuleInit(): void {
    this.changes.register((manager, { accountId, contactId, messageId }) =>
      recordContactEvent(manager, { accountId, type: 'message.media', contactId, messageId }),
    );
  }
}
