import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { statusCallbackUrl } from '../entry-points/webhook-url.js';
import { isOptedOut } from '../opt-outs/opt-outs.queries.js';
import { explainMessageError, OPTED_OUT_CODE, OUTCOME_UNKNOWN } from '../twilio-integration/message-errors.js';
import { type HandOver, TwilioMessagesService } from '../twilio-integration/twilio-messages.service.js';
import { MessageProgressService } from './message-progress.service.js';
import {
  type ClaimedSms,
  claimNext,
  endRest,
  giveBack,
  hasWaitingSms,
  postpone,
  renewClaim,
  restNumber,
} from './outbound-sms.queries.js';
import { OutboundSmsQueue } from './outbound-sms.queue.js';
import { OutboundMetrics } from './outbound.metrics.js';
import { paceOf } from './sending-pace.js';
import { SentMessagesService } from './sent-messages.service.js';

/** Twilio may still be processing a message that it did not confirm, so the search for it waits this long. */
const MIN_WAIT_MS = 10_000;
const MAX_WAIT_MS = 60_000;

const TOO_LATE = {
  code: null,
  text: 'Twilio could not be reached for hours. The message was not sent.',
  advice: 'Send it again if it still matters.',
};

/**
 * Sends pending messages at each number's pace and in the order of each conversation, each message once. A message counts
 * as tried before Twilio is called, and one that was tried without a clear answer is looked for at Twilio before the next
 * attempt. See docs/decisions/0006-a-reply-is-sent-once.md.
 */
@Injectable()
export class OutboundSmsService {
  private readonly logger = new Logger(OutboundSmsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly messages: TwilioMessagesService,
    private readonly sent: SentMessagesService,
    private readonly progress: MessageProgressService,
    private readonly queue: OutboundSmsQueue,
    private readonly environment: Environment,
    private readonly metrics: OutboundMetrics,
  ) {}

  /** Sends one message of a number, if it may send now, and enqueues the number for the next one. */
  async sendNext(sendingNumberId: string): Promise<void> {
    const { claimed, next } = await this.dataSource.transaction((manager) =>
      claimNext(manager, sendingNumberId, (number) => paceOf(number, this.environment)),
    );
    if (next !== null) this.queue.enqueueSoon(sendingNumberId, next);
    if (claimed === null) return;
    await this.settle(sendingNumberId, claimed, await this.handOver(claimed));
    // The next message of this conversation had to wait for this one.
    if (await hasWaitingSms(this.dataSource.manager, sendingNumberId)) {
      this.queue.enqueueSoon(sendingNumberId, next !== null && next > new Date() ? next : new Date());
    }
  }

  private async handOver(sms: ClaimedSms): Promise<HandOver | null> {
    const { accountId, from, to, body } = sms;
    const { manager } = this.dataSource;
    if (sms.askedBefore !== null) {
      const found = await this.findAtTwilio(sms, sms.askedBefore);
      if (found !== null) return found;
    }
    if (sms.isTooLate) return { outcome: 'refused', error: TOO_LATE };
    if (await isOptedOut(manager, accountId, { customer: to, phoneNumber: from })) {
      return { outcome: 'refused', error: explainMessageError(OPTED_OUT_CODE) };
    }
    if (!(await renewClaim(manager, sms))) return null;
    const mediaUrls = sms.mediaUrls.map((url) => withHost(url, this.environment.publicUrl));
    const statusCallback = statusCallbackUrl(this.environment, sms.webhookKey, sms.messageId);
    return this.messages.send(accountId, { from, to, body, mediaUrls, statusCallback });
  }

  /** The message that an earlier attempt created at Twilio; null if there is none. */
  private async findAtTwilio(sms: ClaimedSms, since: Date): Promise<HandOver | null> {
    try {
      const message = await this.sent.find(sms, since);
      return message === null ? null : { outcome: 'taken', message };
    } catch (error) {
      return { outcome: 'uncertain', reason: (error as Error).message };
    }
  }

  /** @param handOver null if another worker has taken the message over */
  private async settle(sendingNumberId: string, sms: ClaimedSms, handOver: HandOver | null): Promise<void> {
    if (handOver === null) return;
    const { manager } = this.dataSource;
    const { accountId, messageId } = sms;
    this.metrics.handedOver(handOver.outcome);
    switch (handOver.outcome) {
      case 'taken':
        await this.progress.noteAtTwilio(sms, handOver.message);
        return endRest(manager, sendingNumberId);
      case 'refused':
        await this.progress.note({ accountId, messageId, status: 'failed', error: handOver.error });
        return endRest(manager, sendingNumberId);
      case 'not_taken':
        this.warn(sms, handOver.reason, 'Twilio did not take a message; it is retried');
        await giveBack(manager, sms, handOver.reason);
        return restNumber(manager, sendingNumberId);
      case 'uncertain':
        this.warn(
          sms,
          handOver.reason,
          'Twilio may or may not have a message; it is looked for before the next attempt',
        );
        if (sms.isTooLate)
          await this.progress.note({ accountId, messageId, status: 'unknown', error: OUTCOME_UNKNOWN });
        else await postpone(manager, sms, { reason: handOver.reason, delayMs: waitAfter(sms.attempts) });
        return restNumber(manager, sendingNumberId);
    }
  }

  private warn({ messageId, contactId, attempts }: ClaimedSms, reason: string, sentence: string): void {
    this.logger.warn({ messageId, contactId, attempts, reason }, sentence);
  }
}

/** Uploads are stored as paths, which Twilio reaches under today's PUBLIC_URL. */
const withHost = (url: string, publicUrl: string): string => (url.startsWith('/') ? publicUrl + url : url);

const waitAfter = (attempts: number): number => Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** (attempts - 1));
