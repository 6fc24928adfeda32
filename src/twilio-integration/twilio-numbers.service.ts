import { Injectable } from '@nestjs/common';
import { TelephonyService } from './telephony.service.js';
import type { TwilioClient } from './twilio-client.js';
import { isUnknownToTwilio, toTwilioProblem } from './twilio-errors.js';
import type { SmsWebhook, TwilioNumber } from './twilio-number.js';

const MAX_PAGE_SIZE = 1_000;

type IncomingPhoneNumber = Awaited<ReturnType<TwilioClient['incomingPhoneNumbers']['list']>>[number];
type ShortCode = Awaited<ReturnType<TwilioClient['api']['v2010']['account']['shortCodes']['list']>>[number];

/** A Messaging Service that receives the SMS of its numbers instead of the webhooks of these numbers. */
export interface OverridingService {
  sid: string;
  friendlyName: string;
}

/** The numbers and short codes of the account at Twilio. */
@Injectable()
export class TwilioNumbersService {
  constructor(private readonly telephony: TelephonyService) {}

  /** Lists all of them, from all of Twilio's pages. */
  async list(accountId: string): Promise<TwilioNumber[]> {
    const client = await this.telephony.openClient(accountId);
    return withProblems(async () => {
      const [numbers, shortCodes] = await Promise.all([
        client.incomingPhoneNumbers.list({ pageSize: MAX_PAGE_SIZE }),
        client.api.v2010.account.shortCodes.list({ pageSize: MAX_PAGE_SIZE }),
      ]);
      return [...numbers.map(fromIncomingPhoneNumber), ...shortCodes.map(fromShortCode)];
    });
  }

  /** Finds one of them; null when the account does not, or no longer, have it. */
  async find(accountId: string, sid: string): Promise<TwilioNumber | null> {
    const client = await this.telephony.openClient(accountId);
    try {
      return isShortCode(sid)
        ? fromShortCode(await client.api.v2010.account.shortCodes(sid).fetch())
        : fromIncomingPhoneNumber(await client.incomingPhoneNumbers(sid).fetch());
    } catch (error) {
      if (isUnknownToTwilio(error)) return null;
      throw toTwilioProblem(error);
    }
  }

  /** Sets where Twilio posts the SMS of a number; null clears a setting. */
  async setWebhook(accountId: string, sid: string, webhook: SmsWebhook): Promise<void> {
    const client = await this.telephony.openClient(accountId);
    const smsUrl = webhook.smsUrl ?? '';
    const smsMethod = webhook.smsMethod ?? 'POST';
    await withProblems<unknown>(() =>
      isShortCode(sid)
        ? client.api.v2010.account.shortCodes(sid).update({ smsUrl, smsMethod })
        : client
            .incomingPhoneNumbers(sid)
            .update({ smsUrl, smsMethod, smsApplicationSid: webhook.smsApplicationSid ?? '' }),
    );
  }

  /** The Messaging Service that receives the SMS of a number; null if none does. */
  async findOverridingService(accountId: string, sid: string): Promise<OverridingService | null> {
    return (await this.findOverridingServices(accountId)).get(sid) ?? null;
  }

  /**
   * The Messaging Services that receive the SMS of numbers, by the SID of the number. Twilio has no lookup from a number to
   * its service, so this goes through all services.
   */
  async findOverridingServices(accountId: string): Promise<Map<string, OverridingService>> {
    const client = await this.telephony.openClient(accountId);
    return withProblems(async () => {
      const services = await client.messaging.v1.services.list({ pageSize: MAX_PAGE_SIZE });
      const byNumber = new Map<string, OverridingService>();
      for (const { sid, friendlyName } of services.filter((each) => !each.useInboundWebhookOnNumber)) {
        const numbers = await client.messaging.v1.services(sid).phoneNumbers.list({ pageSize: MAX_PAGE_SIZE });
        for (const number of numbers) byNumber.set(number.sid, { sid, friendlyName });
      }
      return byNumber;
    });
  }
}

const isShortCode = (sid: string): boolean => sid.startsWith('SC');

const orNull = (text: string | null | undefined): string | null => text || null;

const fromIncomingPhoneNumber = (number: IncomingPhoneNumber): TwilioNumber => ({
  sid: number.sid,
  phoneNumber: number.phoneNumber,
  friendlyName: number.friendlyName,
  kind: 'number',
  capabilities: {
    sms: number.capabilities.sms,
    mms: number.capabilities.mms,
    voice: number.capabilities.voice,
  },
  smsUrl: orNull(number.smsUrl),
  smsMethod: orNull(number.smsMethod),
  smsApplicationSid: orNull(number.smsApplicationSid),
});

const fromShortCode = (shortCode: ShortCode): TwilioNumber => ({
  sid: shortCode.sid,
  phoneNumber: shortCode.shortCode,
  friendlyName: shortCode.friendlyName,
  kind: 'short_code',
  capabilities: { sms: true, mms: true, voice: false },
  smsUrl: orNull(shortCode.smsUrl),
  smsMethod: orNull(shortCode.smsMethod),
  smsApplicationSid: null,
});

/** Throws Twilio's errors as problems. */
async function withProblems<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toTwilioProblem(error);
  }
}
