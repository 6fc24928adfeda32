import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Environment } from '../config/environment.js';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { type MessageProgress, progressMessage } from '../contacts/outbound-messages.queries.js';
import { explainFailure, OPTED_OUT_CODE } from '../twilio-integration/message-errors.js';
import type { MessageAtTwilio } from '../twilio-integration/twilio-messages.service.js';
import { noteRefusedAsOptedOut } from './opted-out.js';
import { markDone } from './outbound-sms.queries.js';
import { OutboundMetrics } from './outbound.metrics.js';

/** Records what became of outbound messages, from Twilio's answers, its callbacks and our status checks. */
@Injectable()
export class MessageProgressService {
  private readonly logger = new Logger(MessageProgressService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: EventPublisherService,
    private readonly environment: Environment,
    private readonly metrics: OutboundMetrics,
  ) {}

  /** Records Twilio's status of a message. @returns false if the account has no such message */
  noteAtTwilio(
    { accountId, messageId }: Pick<MessageProgress, 'accountId' | 'messageId'>,
    { sid, status, segments, errorCode }: MessageAtTwilio,
  ): Promise<boolean> {
    const error = explainFailure(status, errorCode);
    return this.note({ accountId, messageId, status, twilioMessageSid: sid, segments, error });
  }

  /** @returns false if the account has no such message */
  async note(progress: MessageProgress): Promise<boolean> {
    const { accountId, messageId, status, twilioMessageSid } = progress;
    const message = await this.dataSource.transaction((manager) => this.noteIn(manager, progress));
    if (message === null) return false;
    if (twilioMessageSid !== undefined && message.twilioMessageSid !== twilioMessageSid) {
      this.metrics.sentTwice();
      this.logger.error(
        { messageId, twilioMessageSids: [message.twilioMessageSid, twilioMessageSid] },
        'Twilio has this message twice: the customer may have received it twice',
      );
    }
    if (message.version === null) return true;
    this.publisher.notify([accountId]);
    this.metrics.moved(status);
    this.logger.log(
      { messageId, contactId: message.contactId, twilioMessageSid, status, errorCode: progress.error?.code },
      'A message moved on',
    );
    return true;
  }

  private async noteIn(manager: EntityManager, progress: MessageProgress) {
    const { accountId, messageId, error } = progress;
    const message = await progressMessage(manager, progress);
    if (message === null) return null;
    await markDone(manager, messageId, message.isFinal ? null : this.environment.STATUS_CHECK_HOURS);
    if (error?.code === OPTED_OUT_CODE) await noteRefusedAsOptedOut(manager, accountId, messageId);
    const { contactId, version } = message;
    if (version !== null) {
      await appendContactEvents(manager, [{ accountId, type: 'message.status', contactId, messageId, version }]);
    }
    return message;
  }
}
