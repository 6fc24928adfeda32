import type { Keyword } from '../opt-outs/keywords.js';
import type { InboundMedia } from '../twilio-integration/inbound-sms.form.js';

/** An accepted SMS: what a contact and its message are made of. */
export interface ReceivedSms {
  inboundSmsId: string;
  accountId: string;
  campaignId: string;
  entryPointId: string;
  lang: string;
  /** The customer (`From`). */
  ani: string;
  /** The number texted (`To`). */
  dnis: string;
  body: string;
  media: InboundMedia[];
  segments: number | null;
  twilioMessageSid: string;
  /** When it was said, by Twilio's clock or ours. */
  receivedAt: Date;
  /** When it came here, which is later for one that Twilio could not deliver. */
  storedAt: Date;
  /** For so long after a close a text still belongs to the closed contact; 0 for never. */
  reopenMinutes: number;
  /** Twilio answers STOP, START and HELP itself: the service must answer none of them. */
  keyword: Keyword | null;
}

/** Tells the conversation: one customer with one entry point. */
export const conversationOf = ({ entryPointId, ani }: { entryPointId: string; ani: string }): string =>
  `${entryPointId} ${ani}`;
