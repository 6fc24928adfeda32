import type { Account } from '../account/account.ts';
import type { PhoneNumber } from '../account/phone-number.ts';
import type { Webhook } from '../webhook/caller.ts';

export interface Destination {
  webhook?: Webhook;
  fallback?: Webhook;
  messagingServiceSid: string | null;
  advancedOptOut: boolean;
  /** If false, Twilio neither delivers nor logs the SMS. */
  logged: boolean;
}

/** The Messaging Service's URL takes precedence over the TwiML app's, and that one over the number's. */
export function destinationOf(account: Account, number: PhoneNumber): Destination {
  const service = account.serviceOf(number.phoneNumber);
  const membership = {
    messagingServiceSid: service?.sid ?? null,
    advancedOptOut: service?.advancedOptOut ?? false,
  };
  if (service && !service.useInboundWebhookOnNumber) {
    return {
      ...membership,
      logged: service.inboundRequestUrl !== null,
      webhook: webhookOf(service.inboundRequestUrl, service.inboundMethod),
      fallback: webhookOf(service.fallbackUrl, service.fallbackMethod),
    };
  }
  const owner = number.smsApplicationSid ? account.applications.get(number.smsApplicationSid) : number;
  return {
    ...membership,
    logged: true,
    webhook: owner && webhookOf(owner.smsUrl, owner.smsMethod),
    fallback: owner && webhookOf(owner.smsFallbackUrl, owner.smsFallbackMethod),
  };
}

const webhookOf = (url: string | null, method: string): Webhook | undefined => (url ? { url, method } : undefined);
