export type MessageStatus =
  'accepted' | 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** One SMS or MMS, in either direction, as Twilio's Messages list knows it. */
export interface Message {
  sid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  /** Null while a Messaging Service has not chosen a number yet. */
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
  /** Of an inbound SMS: when Twilio called the webhook. */
  sentAt: number | null;
  /** How the webhook took it; only of inbound ones. */
  deliveries: Delivery[];
}

/** One delivery of an inbound SMS to the webhook, with its retries. */
export interface Delivery {
  /** Of the last answer; 0 when there was none. */
  status: number;
  ms: number;
  body: string;
  signature: 'right' | 'wrong';
  attempts: number;
  error?: string;
  errorCode?: number;
  fallback?: { status: number; error?: string };
}
