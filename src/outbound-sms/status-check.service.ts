import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type MessageAtTwilio, TwilioMessagesService } from '../twilio-integration/twilio-messages.service.js';
import { MessageProgressService } from './message-progress.service.js';
import { SentMessagesService } from './sent-messages.service.js';
import { readUnsettled, type UnsettledMessage } from './status-check.queries.js';

/** Asks Twilio for the status of messages whose callbacks did not arrive. */
@Injectable()
export class StatusCheckService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly messages: TwilioMessagesService,
    private readonly sent: SentMessagesService,
    private readonly progress: MessageProgressService,
  ) {}

  /** @throws errors of Twilio or the network; the queue retries, and after it the next check */
  async check(messageIds: string[]): Promise<void> {
    for (const message of await readUnsettled(this.dataSource.manager, messageIds)) {
      const found = await this.find(message);
      if (found !== null) await this.progress.noteAtTwilio(message, found);
    }
  }

  private find(message: UnsettledMessage): Promise<MessageAtTwilio | null> {
    const { accountId, twilioMessageSid, claimedAt } = message;
    return twilioMessageSid === null
      ? this.sent.find(message, claimedAt)
      : this.messages.fetch(accountId, twilioMessageSid);
  }
}
