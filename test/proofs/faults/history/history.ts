/** Times are milliseconds since 1970, all by this machine's clock. */
export interface History {
  scenario: string;
  seed: number;
  startedAt: number;
  /** From here on nothing was broken any more. */
  healedAt: number;
  /** Whether the service asked Twilio for what it missed before the history was taken. */
  isReconciled: boolean;
  faults: FaultRecord[];
  texts: SentText[];
  calls: WebhookCall[];
  journal: JournalRow[];
  contacts: ContactRow[];
  messages: MessageRow[];
  events: EventRow[];
  /** Ids of the events that the consumer has acted on. */
  seenEvents: string[];
  replies: SentReply[];
  /** What phones got from the service, as Twilio has it. */
  phoneMessages: PhoneMessageRow[];
  /** Jobs of the service's own queues that are still said to be worked on. */
  activeJobs: number;
}

export interface FaultRecord {
  kind: string;
  target: string;
  startedAt: number;
  /** When what was broken was whole again; of a kill, the kill itself. */
  endedAt: number;
}

/** An SMS that Twilio took from a phone. */
export interface SentText {
  sid: string;
  from: string;
  to: string;
  sentAt: number;
  /** When Twilio was done with it, whatever came of it; null when we did not hear of that. */
  endedAt: number | null;
  /** Whether any delivery of it was answered with 2xx. */
  isAcked: boolean;
  /** Wrongly signed: it must not get in. */
  isForged: boolean;
  /** Never delivered: only Twilio's list of messages has it. */
  isLost: boolean;
}

/** One request of Twilio to the webhook. */
export interface WebhookCall {
  sid: string;
  at: number;
  ms: number;
  /** 0: no answer. */
  status: number;
  isWellFormed: boolean;
}

export interface JournalRow {
  id: string;
  sid: string;
  /** Of Twilio's list, and not of its webhook. */
  isFetched: boolean;
  receivedAt: number;
  processedAt: number | null;
  verdict: string | null;
}

export interface ContactRow {
  id: string;
  entryPointId: string;
  customer: string;
  isOpen: boolean;
}

/** A line of a thread; `inboundSmsId` is of what the customer wrote, `body` of what was answered. */
export interface MessageRow {
  id: string;
  position: number;
  contactId: string;
  inboundSmsId: string | null;
  body: string | null;
  status: string;
}

export interface EventRow {
  id: string;
  contactId: string;
  version: number;
}

/** A reply that an agent gave; its body is unlike any other. */
export interface SentReply {
  body: string;
  /** Of the message, once the API had taken the reply. */
  messageId: string | null;
}

export interface PhoneMessageRow {
  sid: string;
  body: string;
}
