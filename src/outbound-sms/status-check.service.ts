import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { explainMessageError } from '../twilio-integration/message-errors.js';
import { type MessageAtTwilio, TwilioMessagesService } from '../twilio-integration/twilio-messages.service.js';
import { MessageProgressService } from './message-progress.service.js';
import { findKnownSids } from './outbound-sms.queries.js';
import { readUnsettled, type UnsettledMessage } from './status-check.queries.js';

/** Asks Twilio what became of messages whose callbacks did not come. */
@Injectable()
export class StatusCheckService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly messages: TwilioMessagesService,
    private readonly progress: MessageProgressService,
  ) {}

  /** @throws what Twilio or the network answers; the queue tries again, and after it the next check */
  async check(messageIds: string[]): Promise<void> {
    for (const message of await readUnsettled(this.dataSource.manager, messageIds)) {
      const found = await this.find(message);
      if (found === null) continue;
      const { sid, status, segments, errorCode } = found;
      await this.progress.note({
        accountId: message.accountId,
        messageId: message.messageId,
        status,
        twilioMessageSid: sid,
        segments,
        error: status === 'failed' || status === 'undelivered' ? explainMessageError(errorCode) : undefined,
      });
    }
  }

  private async find(message: UnsettledMessage): Promise<MessageAtTwilio | null> {
    const { accountId, twilioMessageSid, claimedAt } = message;
    if (twilioMessageSid !== null) return this.messages.fetch(accountId, twilioMessageSid);
    const found = await this.messages.findSent(accountId, message, claimedAt);
    const known = await findKnownSids(
      this.dataSource.manager,
      found.map(({ sid }) => sid),
    );
    return found.find(({ sid }) => !known.has(sid)) ?? null;
  }
}
