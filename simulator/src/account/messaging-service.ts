import { newSid } from '../sids.ts';

export interface MessagingService {
  sid: string;
  friendlyName: string;
  /** If null and `useInboundWebhookOnNumber` is false, inbound SMS are dropped and not even logged. */
  inboundRequestUrl: string | null;
  inboundMethod: string;
  fallbackUrl: string | null;
  fallbackMethod: string;
  statusCallback: string | null;
  useInboundWebhookOnNumber: boolean;
  /** An inbound SMS carries OptOutType only if this is on. */
  advancedOptOut: boolean;
  phoneNumbers: string[];
  createdAt: number;
  updatedAt: number;
}

export function buildMessagingService(given: Partial<MessagingService>, now = Date.now()): MessagingService {
  return {
    sid: newSid('MG'),
    friendlyName: 'Messaging Service',
    inboundRequestUrl: null,
    inboundMethod: 'POST',
    fallbackUrl: null,
    fallbackMethod: 'POST',
    statusCallback: null,
    useInboundWebhookOnNumber: false,
    advancedOptOut: false,
    phoneNumbers: [],
    createdAt: now,
    updatedAt: now,
    ...given,
  };
}
