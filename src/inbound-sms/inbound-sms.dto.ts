import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { ungrouped } from '../common/phone-numbers.js';
import { IsTime } from '../common/time.rule.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import { INBOUND_SMS_SOURCES, type InboundSmsRow, type InboundSmsSource } from './inbound-sms.entity.js';
import { type Verdict, VERDICTS } from './verdict.js';

/** Filters for the journal. */
export class InboundSmsQuery extends PageQuery {
  /** Only SMS with this verdict; `dead_letter` lists the dead letters. */
  @IsOptional()
  @IsIn(VERDICTS, { message: `must be one of ${VERDICTS.join(', ')}` })
  verdict?: Verdict;

  /** `webhook`: only SMS that Twilio posted; `reconciled`: only SMS that were missing and fetched from Twilio's list. */
  @IsOptional()
  @IsIn(INBOUND_SMS_SOURCES, { message: `must be one of ${INBOUND_SMS_SOURCES.join(', ')}` })
  source?: InboundSmsSource;

  /** Only SMS received by this entry point. */
  @IsOptional()
  @IsUUID()
  entryPointId?: string;

  /** Only SMS of this contact. */
  @IsOptional()
  @IsUUID()
  contactId?: string;

  /** Only the SMS with this MessageSid. @example "SM0123456789abcdef0123456789abcdef" */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  twilioMessageSid?: string;

  /** Only SMS of this sender, as in `from`. @example "+15005550101" */
  @Transform(ungrouped)
  @IsOptional()
  @IsString()
  @MaxLength(100)
  customer?: string;

  /** Only SMS received at or after this time. @example "2026-11-24T00:00:00Z" */
  @IsOptional()
  @IsTime()
  since?: Date;

  /** Only SMS received before this time. @example "2026-11-25T00:00:00Z" */
  @IsOptional()
  @IsTime()
  until?: Date;

  /** `true`: only discarded dead letters; `false`: only SMS that are not discarded. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  discarded?: boolean;
}

/** An SMS as Twilio delivered it, and what became of it. */
export class InboundSmsDto {
  /** The id of this SMS in the API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b14" */
  id: string;

  /** The entry point that owns the number; null if none does. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string | null;

  /** The contact it belongs to; null if it made none. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  contactId: string | null;

  /** Twilio's id of the message. @example "SM0123456789abcdef0123456789abcdef" */
  twilioMessageSid: string;

  /** The sender: E.164, a short code or an alphanumeric sender id. @example "+15005550101" */
  from: string;

  /** The number that was texted. @example "+15005550006" */
  to: string;

  /** The text. A NUL character is shown as ␀. @example "Hi, my order is late" */
  body: string;

  /**
   * `accepted` (it belongs to a contact), `entry_point_disabled`, `channel_disabled` (the campaign's channel or the
   * account's switch is off), `blocked` (the sender is blocked), `opted_out` (STOP while no contact was open), `unrouted`
   * (no entry point owns the number), `quarantined` (signed by Twilio, but not an SMS), `dead_letter` (processing failed
   * for good); null while it is pending.
   */
  verdict: Verdict | null;

  /** How many attempts to process it failed. @example 0 */
  attempts: number;

  /** Why the last attempt failed, or why it is quarantined. @example "MessageSid occurs 0 times instead of once" */
  lastError: string | null;

  /** `webhook`: Twilio posted it; `reconciled`: it was missing and was fetched from Twilio's list. @example "webhook" */
  source: InboundSmsSource;

  /** When Twilio received it, to the second; only for an SMS fetched from Twilio's list, otherwise null. @example "2026-11-24T10:31:00.000Z" */
  sentAt: Date | null;

  /** When it was stored. @example "2026-11-24T10:31:00.000Z" */
  receivedAt: Date;

  /** When it got its verdict. @example "2026-11-24T10:31:00.000Z" */
  processedAt: Date | null;

  /** When somebody discarded it, as a dead letter that needs no more work; otherwise null. @example "2026-11-24T10:31:00.000Z" */
  discardedAt: Date | null;

  /**
   * Every parameter that Twilio sent, including unknown ones; for a reconciled SMS what Twilio's list contains.
   * @example { "MessageSid": "SM0123456789abcdef0123456789abcdef", "FromCountry": "US" }
   */
  raw: Record<string, string>;
}

/** A page of the journal, newest first. */
export class InboundSmsPageDto {
  /** The rows. */
  data: InboundSmsDto[];

  /** The `cursor` of the next page; null on the last page. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentInboundSms = (row: InboundSmsRow): InboundSmsDto => ({
  id: row.id,
  entryPointId: row.entryPointId,
  contactId: row.contactId,
  twilioMessageSid: row.twilioMessageSid,
  from: row.fromNumber,
  to: row.toNumber,
  body: row.body,
  verdict: row.verdict,
  attempts: row.attempts,
  lastError: row.lastError,
  source: row.source,
  sentAt: row.sentAt,
  receivedAt: row.receivedAt,
  processedAt: row.processedAt,
  discardedAt: row.discardedAt,
  raw: new TwilioForm(row.raw).toRecord(),
});
