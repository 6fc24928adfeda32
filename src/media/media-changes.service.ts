import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MessageMedia } from './message-media.entity.js';

/** A picture or file of a message that has another state now. */
export type ChangedMedia = Pick<MessageMedia, 'accountId' | 'contactId' | 'messageId'>;

type RecordChange = (manager: EntityManager, media: ChangedMedia) => Promise<void>;

/** A change of media is an event of its contact. contacts/ has the contact, and registers here how it records that. */
@Injectable()
export class MediaChangesService {
  private recordChange: RecordChange | undefined;

  register(recordChange: RecordChange): void {
    this.recordChange = recordChange;
  }

  /** In the transaction of the change. @throws when nobody is registered: the change must not stay without its event */
  async record(manager: EntityManager, media: ChangedMedia): Promise<void> {
    if (this.recordChange === undefined) throw new Error('Nobody has registered to record changes of media');
    await this.recordChange(manager, media);
  }
}
