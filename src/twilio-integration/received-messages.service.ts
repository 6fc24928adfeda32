import { Injectable } from '@nestjs/common';
import type { MessageInstance, MessagePage } from 'twilio/lib/rest/api/v2010/account/message.js';
import type { InboundMedia } from './inbound-sms.form.js';
import { TelephonyService } from './telephony.service.js';
import { isUnknownToTwilio, toTwilioProblem } from './twilio-errors.js';

/** An SMS or MMS in Twilio's list of messages. https://www.twilio.com/docs/messaging/api/message-resource */
export interface ListedSms {
  accountSid: string;
  messageSid: string;
  messagingServiceSid: string | null;
  from: string;
  to: string;
  body: string;
  segments: string;
  mediaCount: number;
  /** When Twilio called the webhook, to the second. */
  sentAt: Date;
}

const MAX_PAGE_SIZE = 1_000;

/** The messages that Twilio has received for the account's numbers, whether or not it could deliver them here. */
@Injectable()
export class ReceivedMessagesService {
  constructor(private readonly telephony: TelephonyService) {}

  /**
   * Lists the messages page by page, newest first. Twilio documents a precision of one day for `since`, so the list may
   * contain older ones.
   * @throws Problem when Twilio refuses or cannot be reached
   */
  async *list(accountId: string, to: string, since: Date): AsyncGenerator<ListedSms[]> {
    const client = await this.telephony.openClient(accountId);
    try {
      let page: Pick<MessagePage, 'instances' | 'nextPage'> | undefined = await client.messages.page({
        to,
        dateSentAfter: since,
        pageSize: MAX_PAGE_SIZE,
      });
      while (page !== undefined) {
        yield page.instances.filter(({ direction }) => direction === 'inbound').map(toListedSms);
        page = await page.nextPage();
      }
    } catch (error) {
      throw toTwilioProblem(error);
    }
  }

  /** The media of a message, with the URLs that the webhook would have sent; empty if the message was deleted. */
  async listMedia(accountId: string, messageSid: string): Promise<InboundMedia[]> {
    const client = await this.telephony.openClient(accountId);
    try {
      const media = await client.messages(messageSid).media.list({ pageSize: MAX_PAGE_SIZE });
      return media.map(({ uri, contentType }) => ({
        url: client.api.baseUrl + uri.replace(/\.json$/, ''),
        contentType,
      }));
    } catch (error) {
      if (isUnknownToTwilio(error)) return [];
      throw toTwilioProblem(error);
    }
  }
}

/** Writes a message as the form of a webhook request, so that it can be decoded like one. */
export function toInboundForm(sms: ListedSms, media: InboundMedia[]): Buffer {
  const form = new URLSearchParams({
    MessageSid: sms.messageSid,
    AccountSid: sms.accountSid,
    ...(sms.messagingServiceSid !== null && { MessagingServiceSid: sms.messagingServiceSid }),
    From: sms.from,
    To: sms.to,
    Body: sms.body,
    NumSegments: sms.segments,
    NumMedia: String(media.length),
  });
  for (const [n, { url, contentType }] of media.entries()) {
    form.append(`MediaUrl${n}`, url);
    form.append(`MediaContentType${n}`, contentType);
  }
  return Buffer.from(form.toString());
}

const toListedSms = (message: MessageInstance): ListedSms => ({
  accountSid: message.accountSid,
  messageSid: message.sid,
  messagingServiceSid: message.messagingServiceSid || null,
  from: message.from ?? '',
  to: message.to ?? '',
  body: message.body ?? '',
  segments: message.numSegments ?? '',
  mediaCount: Number(message.numMedia) || 0,
  sentAt: message.dateSent ?? message.dateCreated,
});
