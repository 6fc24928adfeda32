import type {
  CampaignDto,
  CannedReplyDto,
  ContactDto,
  ContactPageDto,
  EntryPointDto,
  MessageDto,
  MessageMediaDto,
  PhoneNumberDto,
} from '../src/api/generated/types.gen.ts';

const AT = '2026-09-23T09:00:00.000Z';

/** Things as the service gives them: a spec names what it is about, and this fills in the rest. */
export const buildContact = (given: Partial<ContactDto> = {}): ContactDto => ({
  id: 'contact-1',
  state: 'waiting',
  campaignId: 'campaign-1',
  channelId: 'sms',
  entryPointId: 'entry-point-1',
  mediaPreset: 'sms',
  lang: 'en-US',
  ani: '+15005550001',
  dnis: '+15005550100',
  optedOut: false,
  agentId: null,
  tags: [],
  data: {},
  messageCount: 1,
  version: 1,
  createdAt: AT,
  acceptedAt: null,
  closedAt: null,
  closeReason: null,
  reopenedAt: null,
  lastMessageAt: AT,
  lastMessage: null,
  ...given,
});

export const buildContactPage = (data: ContactDto[], nextCursor: string | null = null): ContactPageDto => ({
  data,
  nextCursor,
});

export const buildMessage = (given: Partial<MessageDto> = {}): MessageDto => ({
  id: 'message-1',
  contactId: 'contact-1',
  direction: 'inbound',
  origin: 'customer',
  agentId: null,
  idempotencyKey: null,
  body: 'Hello',
  media: [],
  twilioMessageSid: null,
  segments: 1,
  status: 'received',
  errorCode: null,
  errorText: null,
  errorAdvice: null,
  at: AT,
  ...given,
});

export const buildMedia = (given: Partial<MessageMediaDto> = {}): MessageMediaDto => ({
  id: 'media-1',
  contentType: 'image/png',
  state: 'stored',
  url: '/api/v1/media/media-1',
  size: 1_000,
  reason: null,
  reasonCode: null,
  ...given,
});

export const buildCannedReply = (given: Partial<CannedReplyDto> = {}): CannedReplyDto => ({
  id: 'canned-reply-1',
  shortcut: 'hours',
  text: 'We are open from 9 to 18.',
  version: 1,
  createdAt: AT,
  updatedAt: AT,
  ...given,
});

export const buildEntryPoint = (given: Partial<EntryPointDto> = {}): EntryPointDto => ({
  id: 'entry-point-1',
  campaignId: 'campaign-1',
  name: 'Front desk',
  language: 'en-US',
  state: 'active',
  enabled: true,
  phoneNumberSid: 'PN0123456789abcdef0123456789abcdef',
  phoneNumber: '+15005550100',
  mms: true,
  webhookUrl: 'https://sms.example.com/webhooks/twilio/sms/abc',
  webhook: { state: 'set', checkedAt: AT },
  greeting: null,
  greetingSegments: null,
  autoCloseHours: 24,
  reopenMinutes: 0,
  version: 1,
  createdAt: AT,
  updatedAt: AT,
  ...given,
});

export const buildCampaign = (given: Partial<CampaignDto> = {}): CampaignDto => ({
  id: 'campaign-1',
  name: 'Support',
  languages: ['en-US'],
  defaultLanguage: 'en-US',
  smsInboundEnabled: true,
  openingHours: null,
  isOpen: true,
  opensAt: null,
  languageSettings: [],
  version: 1,
  createdAt: AT,
  updatedAt: AT,
  ...given,
});

export const buildPhoneNumber = (given: Partial<PhoneNumberDto> = {}): PhoneNumberDto => ({
  sid: 'PN0123456789abcdef0123456789abcdef',
  phoneNumber: '+15005550100',
  friendlyName: '(500) 555-0100',
  kind: 'number',
  capabilities: { sms: true, mms: true, voice: true },
  smsUrl: null,
  smsMethod: null,
  smsApplicationSid: null,
  inUseBy: null,
  ...given,
});
