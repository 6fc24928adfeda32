import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { ungrouped } from '../common/phone-numbers.js';
import { trim } from '../common/trim.js';
import { IsContactData } from './contact-data.rule.js';
import { type CloseReason, type Contact, CONTACT_STATES, type ContactState } from './contact.entity.js';
import type { Message } from './message.entity.js';

const CONTACT_ORDERS = ['newest', 'oldest'] as const;

/** Which contacts to list. */
export class ContactQuery extends PageQuery {
  /** Only contacts in this state. */
  @IsOptional()
  @IsIn(CONTACT_STATES, { message: `must be one of ${CONTACT_STATES.join(', ')}` })
  state?: ContactState;

  /** Only contacts of this entry point. */
  @IsOptional()
  @IsUUID()
  entryPointId?: string;

  /** Only contacts of this campaign. */
  @IsOptional()
  @IsUUID()
  campaignId?: string;

  /** Only contacts of this customer number, as in `ani`. @example "+15005550101" */
  @Transform(ungrouped)
  @IsOptional()
  @IsString()
  @MaxLength(64)
  customer?: string;

  /** Only contacts that this agent has. @example "agent-7" */
  @IsOptional()
  @IsString()
  @MaxLength(80)
  agentId?: string;

  /** Only contacts with this tag, in upper or lower case. @example "order" */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  tag?: string;

  /** Only contacts with a message that has all these words. @example "late order" */
  @IsOptional()
  @IsString()
  @Length(1, 200, { message: 'must be 1 to 200 characters long' })
  q?: string;

  /** Which come first; `newest` if left out. */
  @IsOptional()
  @IsIn(CONTACT_ORDERS, { message: `must be one of ${CONTACT_ORDERS.join(', ')}` })
  order?: (typeof CONTACT_ORDERS)[number];
}

/** Whose contacts to count. */
export class ContactCountsQuery {
  /** The agent who asks, by the id that the desk uses. @example "agent-7" */
  @IsOptional()
  @IsString()
  @MaxLength(80)
  agentId?: string;
}

/** How many contacts are open. */
export class ContactCountsDto {
  /** Those that wait for an agent. @example 3 */
  waiting: number;

  /** Those that an agent has. @example 8 */
  active: number;

  /** Those of them that the agent who asks has; 0 when nobody was named. @example 2 */
  mine: number;
}

/** Who accepts. */
export class AcceptContactDto {
  /** The agent, by the id that the desk uses. @example "agent-7" */
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  agentId: string;
}

/** Who gets it. */
export class TransferContactDto {
  /** The agent, by the id that the desk uses; null lets it wait for whoever accepts it. @example "agent-8" */
  @ValidateIf((_, value) => value !== null)
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  agentId: string | null;
}

const trimEach = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) ? value.map((each) => trim({ value: each })) : value;
const inLowerCase = (tag: unknown): string => String(tag).toLowerCase();

/** What to set of a contact; what is left out stays. */
export class UpdateContactDto {
  /** All its tags: at most 20, of 1 to 40 characters; "Order" and "order" are the same one. @example ["order"] */
  @MayBeLeftOut()
  @Transform(trimEach)
  @ArrayUnique(inLowerCase, { message: 'must name each tag once, whether in upper or lower case' })
  @Length(1, 40, { each: true, message: 'must each be 1 to 40 characters long' })
  @ArrayMaxSize(20, { message: 'must not be more than 20' })
  @IsArray({ message: 'must be a list of texts' })
  tags?: string[];

  /**
   * Takes the place of all data before: a JSON object of at most 16 KiB, at most 20 levels deep.
   * @example { "orderId": "A-17" }
   */
  @MayBeLeftOut()
  @Transform(({ obj }) => obj.data)
  @IsContactData()
  data?: Record<string, unknown>;
}

/** The end of a contact's thread, at a glance. */
export class LastMessageDto {
  /** Its first 160 characters; empty for a picture alone. @example "Hi, my order is late" */
  body: string;

  /** `inbound` from the customer, `outbound` to the customer. */
  direction: Message['direction'];

  /** As in the message itself. @example "received" */
  status: string;

  /** When it was received or written. @example "2026-11-24T10:31:00.000Z" */
  at: Date;
}

/** A contact: one conversation of one customer with one entry point. */
export class ContactDto {
  /** Names the contact in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** `waiting` until an agent accepts, then `active`, in the end `closed`. */
  state: ContactState;

  /** The campaign of its entry point. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b12" */
  campaignId: string;

  /** Always `sms`. */
  channelId: 'sms';

  /** The entry point that the customer texted. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string;

  /** Always `sms`. */
  mediaPreset: 'sms';

  /** Language of the entry point. @example "en-US" */
  lang: string;

  /** The customer's number: E.164, a short code or letters. @example "+15005550101" */
  ani: string;

  /** The number the customer texted. @example "+15005550006" */
  dnis: string;

  /** Whether the customer texted STOP to this number (or Twilio says so): replies are refused until START. */
  optedOut: boolean;

  /** Who has it; null while it waits. @example "agent-7" */
  agentId: string | null;

  /** Words that agents put on it. @example ["order"] */
  tags: string[];

  /** Free data about the contact. @example { "orderId": "A-17" } */
  data: Record<string, unknown>;

  /** Messages in its thread. @example 1 */
  messageCount: number;

  /** One more with each event of the contact. @example 2 */
  version: number;

  /** When its first SMS was processed. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When an agent accepted it or was given it; null while it waits. @example "2026-11-24T10:31:00.000Z" */
  acceptedAt: Date | null;

  /** When it was closed; null while it is open. @example "2026-11-24T10:31:00.000Z" */
  closedAt: Date | null;

  /** `agent`, or `silence` for as long as its entry point allows; null while it is open. */
  closeReason: CloseReason | null;

  /** When it was last opened again after a close. @example "2026-11-24T10:31:00.000Z" */
  reopenedAt: Date | null;

  /** When its last message was taken in or written. @example "2026-11-24T10:31:00.000Z" */
  lastMessageAt: Date;

  /** The end of its thread; null while there is none. */
  lastMessage: LastMessageDto | null;
}

/** A page of contacts. */
export class ContactPageDto {
  /** The contacts. */
  data: ContactDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentContact = (
  contact: Contact,
  { optedOut, lastMessage }: Pick<ContactDto, 'optedOut' | 'lastMessage'>,
): ContactDto => ({
  id: contact.id,
  state: contact.state,
  campaignId: contact.campaignId,
  channelId: 'sms',
  entryPointId: contact.entryPointId,
  mediaPreset: 'sms',
  lang: contact.lang,
  ani: contact.ani,
  dnis: contact.dnis,
  optedOut,
  agentId: contact.agentId,
  tags: contact.tags,
  data: contact.data,
  messageCount: contact.messageCount,
  version: contact.version,
  createdAt: contact.createdAt,
  acceptedAt: contact.acceptedAt,
  closedAt: contact.closedAt,
  closeReason: contact.closeReason,
  reopenedAt: contact.reopenedAt,
  lastMessageAt: contact.lastMessageAt,
  lastMessage,
});
