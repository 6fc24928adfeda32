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
  /** The URL to which Twilio reports the status; undefined if Twilio could not reach it. */
  statusCallback: string | undefined;
}

/** A message that Twilio has. */
export interface MessageAtTwilio {
  sid: string;
  status: MessageStatus;
  segments: number | null;
  errorCode: number | null;
}

/** The result of sending a message to Twilio, which decides whether to retry. */
export type HandOver =
  | { outcome: 'taken'; message: MessageAtTwilio }
  /** Permanent: a retry would get the same answer. */
  | { outcome: 'refused'; error: MessageError }
  /** Twilio does not have the message, and may accept it later. */
  | { outcome: 'not_taken'; reason: string }
  /** Twilio may have the message: look for it there before a retry. */
  | { outcome: 'uncertain'; reason: string };

const PAGE_SIZE = 100;
/** Clocks differ, and Twilio's times have a precision of one second. */
const MAX_CLOCK_SKEW_MS = 2 * 60_000;
/** These errors occur before the request is sent. */
const BEFORE_SENDING = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|UNABLE_TO_|DEPTH_ZERO)/;

/** Sends the account's messages through Twilio. */
@Injectable()
export class TwilioMessagesService {
  constructor(private readonly telephony: TelephonyService) {}

  /** Sends a message once. Never throws, whatever Twilio or the network answers. */
  async send(accountId: string, { mediaUrls, ...message }: OutgoingMessage): Promise<HandOver> {
    try {
      const client = await this.telephony.openClient(accountId);
      const media = mediaUrls.length === 0 ? {} : { mediaUrl: mediaUrls };
      return { outcome: 'taken', message: present(await client.messages.create({ ...message, ...media })) };
    } catch (error) {
      return toOutcome(error);
    }
  }

  /**
   * Finds the messages at Twilio from this number to this customer with the same text, created since a time.
   * @throws the error of Twilio or the network
   */
  async findSent(
    accountId: string,
    { from, to, body }: Pick<OutgoingMessage, 'from' | 'to' | 'body'>,
    since: Date,
  ): Promise<MessageAtTwilio[]> {
    const client = await this.telephony.openClient(accountId);
    const earliest = since.getTime() - MAX_CLOCK_SKEW_MS;
    const found: MessageAtTwilio[] = [];
    let page: Pick<MessagePage, 'instances' | 'nextPage'> | undefined = await client.messages.page({
      from,
      to,
      pageSize: PAGE_SIZE,
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

  /** @returns null when Twilio does not, or no longer, have the message @throws any other error of Twilio or the network */
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

/** Twilio prepends this to every message of a trial account. */
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

const isText = (atTwilio: string, ours: string): boolean =>
  [ours.trim(), TRIAL_PREFIX + ours.trim()].includes(atTwilio.trim());

const present = (message: MessageInstance): MessageAtTwilio => ({
  sid: message.sid,
  status: toMessageStatus(message.status) ?? 'sending',
  segments: Number(message.numSegments) || null,
  errorCode: message.errorCode || null,
});

function toOutcome(error: unknown): HandOver {
  const reason = error instanceof Error ? error.message : String(error);
  // No Twilio account is connected, so nothing was sent.
  if (error instanceof Problem) return { outcome: 'not_taken', reason };
  if (!isRestError(error)) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return { outcome: BEFORE_SENDING.test(code) ? 'not_taken' : 'uncertain', reason };
  }
  const { status, code } = error;
  if (status >= 500) return { outcome: 'uncertain', reason };
  // Too many requests, or a token that is wrong at the moment: Twilio did nothing, and may accept the message later.
  if (status === 429 || status === 401 || status === 403) return { outcome: 'not_taken', reason };
  return { outcome: 'refused', error: explainMessageError(code ?? null, error.message) };
}
