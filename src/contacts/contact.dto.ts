import { IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import type { Pair } from '../opt-outs/opt-outs.queries.js';
import { type Contact, CONTACT_STATES, type ContactState } from './contact.entity.js';

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
  @IsOptional()
  @IsString()
  @MaxLength(64)
  customer?: string;

  /** Only contacts with a message that has all these words. @example "late order" */
  @IsOptional()
  @IsString()
  @Length(1, 200, { message: 'must be 1 to 200 characters long' })
  q?: string;
}

/** Who accepts. */
export class AcceptContactDto {
  /** The agent, by the id that the desk uses. @example "agent-7" */
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  agentId: string;
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

  /** Who accepted it; null while it waits. @example "agent-7" */
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

  /** When an agent accepted it. @example "2026-11-24T10:31:00.000Z" */
  acceptedAt: Date | null;

  /** When it was closed. @example "2026-11-24T10:31:00.000Z" */
  closedAt: Date | null;

  /** When its last message was received or sent. @example "2026-11-24T10:31:00.000Z" */
  lastMessageAt: Date;
}

/** A page of contacts, newest first. */
export class ContactPageDto {
  /** The contacts. */
  data: ContactDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

/** The contacts. */
export const presentContact = (contact: Contact, optedOut: boolean): ContactDto => ({
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
  lastMessageAt: contact.lastMessageAt,
});

/** Whom the ledger of opt-outs asks about. */
export const pairOf = ({ ani, dnis }: Contact): Pair => ({ customer: ani, phoneNumber: dnis });
