export type MessageStatus =
  'accepted' | 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** One SMS or MMS in either direction, as in Twilio's Messages list. */
export interface Message {
  sid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  /** Null until a Messaging Service has chosen a number. */
  from: string | null;
  to: string;
  body: string;
  numSegments: number;
  numMedia: number;
  status: MessageStatus;
  errorCode: number | null;
  errorMessage: string | null;
  messagingServiceSid: string | null;
  createdAt: number;
  updatedAt: number;
  /** For an inbound SMS, when Twilio received it. */
  sentAt: number | null;
  /** Empty for outbound messages. */
  deliveries: Delivery[];
}

/** One delivery of an inbound SMS to the webhook, with its retries. */
export interface Delivery {
  /** The HTTP status of the last attempt; 0 if there was no answer. */
  status: number;
  ms: number;
  body: string;
  signature: 'right' | 'wrong';
  attempts: number;
  error?: string;
  errorCode?: number;
  fallback?: { status: number; error?: string };
}
