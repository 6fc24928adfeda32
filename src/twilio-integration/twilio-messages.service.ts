import { Injectable } from '@nestjs/common';
import type { MessageInstance, MessagePage } from 'twilio/lib/rest/api/v2010/account/message.js';
import { Problem } from '../common/problem.js';
import { explainMessageError, type MessageError } from './message-errors.js';
import { type MessageStatus, toMessageStatus } from './message-status.js';
import { TelephonyService } from './telephony.service.js';
import { isRestError } from './twilio-errors.js';

export interface OutgoingMessage {
  from: string;
  to: string;
  body: string;
  mediaUrls: string[];
  /** Where Twilio tells what became of it; undefined where Twilio could not reach it. */
  statusCallback: string | undefined;
}

/** A message that Twilio has. */
export interface MessageAtTwilio {
  sid: string;
  status: MessageStatus;
  segments: number | null;
  errorCode: number | null;
}

/** What came of handing a message to Twilio; it says whether to try again. */
export type HandOver =
  | { outcome: 'taken'; message: MessageAtTwilio }
  /** For good: another try would give the same answer. */
  | { outcome: 'refused'; error: MessageError }
  /** Twilio does not have it, and may take it later. */
  | { outcome: 'not_taken'; reason: string }
  /** Twilio may have it: it must be looked for before another try. */
  | { outcome: 'uncertain'; reason: string };

const PAGE = 100;
/** Clocks differ, and Twilio tells whole seconds. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** Nothing was sent yet when these happen. */
const BEFORE_SENDING = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|UNABLE_TO_|DEPTH_ZERO)/;

/** Messages that leave through the account's Twilio. */
@Injectable()
export class TwilioMessagesService {
  constructor(private readonly telephony: TelephonyService) {}

  /** Hands a message over, once; never throws for what Twilio or the network answers. */
  async send(accountId: string, { mediaUrls, ...message }: OutgoingMessage): Promise<HandOver> {
    try {
      const client = await this.telephony.openClient(accountId);
      const media = mediaUrls.length === 0 ? {} : { mediaUrl: mediaUrls };
      return { outcome: 'taken', message: present(await client.messages.create({ ...message, ...media })) };
    } catch (error) {
      return judge(error);
    }
  }

  /**
   * The messages that Twilio has from this number to this customer with this very text, made since a time.
   * @throws what Twilio or the network answers
   */
  async findSent(
    accountId: string,
    { from, to, body }: Pick<OutgoingMessage, 'from' | 'to' | 'body'>,
    since: Date,
  ): Promise<MessageAtTwilio[]> {
    const client = await this.telephony.openClient(accountId);
    const earliest = since.getTime() - CLOCK_SKEW_MS;
    const found: MessageAtTwilio[] = [];
    let page: Pick<MessagePage, 'instances' | 'nextPage'> | undefined = await client.messages.page({
      from,
      to,
      pageSize: PAGE,
    });
    while (page !== undefined && page.instances.length > 0) {
      for (const message of page.instances) {
        if (message.dateCreated.getTime() < earliest) return found;
        if (message.direction.startsWith('outbound') && isText(message.body, body)) found.push(present(message));
      }
      page = await page.nextPage();
    }
    return found;
  }

  /** @throws what Twilio or the network answers; null when Twilio does not have it (any more) */
  async fetch(accountId: string, sid: string): Promise<MessageAtTwilio | null> {
    const client = await this.telephony.openClient(accountId);
    try {
      return present(await client.messages(sid).fetch());
    } catch (error) {
      if (isRestError(error) && error.status === 404) return null;
      throw error;
    }
  }
}

/** Twilio puts this in front of what a trial account sends. */
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

const isText = (atTwilio: string, ours: string): boolean =>
  [ours.trim(), TRIAL_PREFIX + ours.trim()].includes(atTwilio.trim());

const present = (message: MessageInstance): MessageAtTwilio => ({
  sid: message.sid,
  status: toMessageStatus(message.status) ?? 'sending',
  segments: Number(message.numSegments) || null,
  errorCode: message.errorCode || null,
});

function judge(error: unknown): HandOver {
  const reason = error instanceof Error ? error.message : String(error);
  // No Twilio account is connected: nobody was asked.
  if (error instanceof Problem) return { outcome: 'not_taken', reason };
  if (!isRestError(error)) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return { outcome: BEFORE_SENDING.test(code) ? 'not_taken' : 'uncertain', reason };
  }
  const { status, code } = error;
  if (status >= 500) return { outcome: 'uncertain', reason };
  // Too many requests, or the token is not the right one (yet): Twilio did nothing, and may later.
  if (status === 429 || status === 401 || status === 403) return { outcome: 'not_taken', reason };
  return { outcome: 'refused', error: explainMessageError(code ?? null, error.message) };
}
