import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import {
  type MessageAtTwilio,
  type OutgoingMessage,
  TwilioMessagesService,
} from '../twilio-integration/twilio-messages.service.js';
import { findKnownSids } from './outbound-sms.queries.js';

/** Looks for messages at Twilio whose SIDs never came back. */
@Injectable()
export class SentMessagesService {
  constructor(
    private readonly manager: EntityManager,
    private readonly messages: TwilioMessagesService,
  ) {}

  /**
   * The message that a try since then may have made: with this text, and not known as another message of ours. Null when
   * there is none.
   * @throws what Twilio or the network answers
   */
  async find(
    sms: Pick<OutgoingMessage, 'from' | 'to' | 'body'> & { accountId: string },
    since: Date,
  ): Promise<MessageAtTwilio | null> {
    const found = await this.messages.findSent(sms.accountId, sms, since);
    const sids = found.map(({ sid }) => sid);
    const known = await findKnownSids(this.manager, sms.accountId, sids);
    return found.find(({ sid }) => !known.has(sid)) ?? null;
  }
}
