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

/** What Twilio has received for the numbers of the account, whether or not it could deliver it here. */
@Injectable()
export class ReceivedMessagesService {
  constructor(private readonly telephony: TelephonyService) {}

  /**
   * Twilio's pages, newest first. Its documentation promises a day's precision for `since`, so older ones may be there.
   * @throws Problem when Twilio refuses or cannot be asked
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

  /** The pictures and files of one, with the addresses that the webhook would have had; none when it was deleted. */
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

/** In the words of a webhook request, so that it is read as one. */
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
