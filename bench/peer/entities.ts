import { EntitySchema } from 'typeorm';

// The rows of the service's own tables, mapped as for a worker that processes them one by one.

export interface EntryPointRow {
  id: string;
  accountId: string;
  campaignId: string;
  language: string;
  phoneNumber: string;
}
export const EntryPointRow = new EntitySchema<EntryPointRow>({
  name: 'EntryPointRow',
  tableName: 'entry_points',
  columns: {
    id: { type: 'uuid', primary: true },
    accountId: { type: 'uuid', name: 'account_id' },
    campaignId: { type: 'uuid', name: 'campaign_id' },
    language: { type: 'text' },
    phoneNumber: { type: 'text', name: 'phone_number' },
  },
});

export interface ContactRow {
  id: string;
  accountId: string;
  campaignId: string;
  entryPointId: string;
  state: string;
  lang: string;
  ani: string;
  dnis: string;
  messageCount: number;
  version: number;
  lastMessageAt: Date;
}
export const ContactRow = new EntitySchema<ContactRow>({
  name: 'ContactRow',
  tableName: 'contacts',
  columns: {
    id: { type: 'uuid', primary: true },
    accountId: { type: 'uuid', name: 'account_id' },
    campaignId: { type: 'uuid', name: 'campaign_id' },
    entryPointId: { type: 'uuid', name: 'entry_point_id' },
    state: { type: 'text' },
    lang: { type: 'text' },
    ani: { type: 'text' },
    dnis: { type: 'text' },
    messageCount: { type: 'int', name: 'message_count' },
    version: { type: 'int' },
    lastMessageAt: { type: 'timestamptz', name: 'last_message_at' },
  },
});

export interface JournalRow {
  id: string;
  accountId: string;
  accountSid: string;
  twilioMessageSid: string;
  fromNumber: string;
  toNumber: string;
  body: string;
  segments: number;
  raw: Buffer;
  conversationKey: string;
  processedAt: Date;
  verdict: string;
  entryPointId: string;
  contactId: string;
}
export const JournalRow = new EntitySchema<JournalRow>({
  name: 'JournalRow',
  tableName: 'inbound_sms',
  columns: {
    id: { type: 'uuid', primary: true },
    accountId: { type: 'uuid', name: 'account_id' },
    accountSid: { type: 'text', name: 'account_sid' },
    twilioMessageSid: { type: 'text', name: 'twilio_message_sid' },
    fromNumber: { type: 'text', name: 'from_number' },
    toNumber: { type: 'text', name: 'to_number' },
    body: { type: 'text' },
    segments: { type: 'int' },
    raw: { type: 'bytea' },
    conversationKey: { type: 'bigint', name: 'conversation_key' },
    processedAt: { type: 'timestamptz', name: 'processed_at' },
    verdict: { type: 'text' },
    entryPointId: { type: 'uuid', name: 'entry_point_id' },
    contactId: { type: 'uuid', name: 'contact_id' },
  },
});

export interface MessageRow {
  id: string;
  accountId: string;
  contactId: string;
  direction: string;
  origin: string;
  body: string;
  inboundSmsId: string;
  twilioMessageSid: string;
  segments: number;
  status: string;
  at: Date;
}
export const MessageRow = new EntitySchema<MessageRow>({
  name: 'MessageRow',
  tableName: 'messages',
  columns: {
    id: { type: 'uuid', primary: true },
    accountId: { type: 'uuid', name: 'account_id' },
    contactId: { type: 'uuid', name: 'contact_id' },
    direction: { type: 'text' },
    origin: { type: 'text' },
    body: { type: 'text' },
    inboundSmsId: { type: 'uuid', name: 'inbound_sms_id' },
    twilioMessageSid: { type: 'text', name: 'twilio_message_sid' },
    segments: { type: 'int' },
    status: { type: 'text' },
    at: { type: 'timestamptz' },
  },
});

export interface EventRow {
  id: string;
  accountId: string;
  type: string;
  contactId: string;
  messageId: string | null;
  version: number;
}
export const EventRow = new EntitySchema<EventRow>({
  name: 'EventRow',
  tableName: 'contact_events',
  columns: {
    id: { type: 'uuid', primary: true },
    accountId: { type: 'uuid', name: 'account_id' },
    type: { type: 'text' },
    contactId: { type: 'uuid', name: 'contact_id' },
    messageId: { type: 'uuid', name: 'message_id', nullable: true },
    version: { type: 'int' },
  },
});
