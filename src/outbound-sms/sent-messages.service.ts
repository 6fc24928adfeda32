import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import {
  type MessageAtTwilio,
  type OutgoingMessage,
  TwilioMessagesService,
} from '../twilio-integration/twilio-messages.service.js';
import { findKnownSids } from './outbound-sms.queries.js';

/** Looks at Twilio for messages whose SIDs were never received. */
@Injectable()
export class SentMessagesService {
  constructor(
    private readonly manager: EntityManager,
    private readonly messages: TwilioMessagesService,
  ) {}

  /**
   * Finds the message that an attempt since then may have created: it has this text and is not another message of ours. Null
   * if there is none.
   * @throws errors of Twilio or the network
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
