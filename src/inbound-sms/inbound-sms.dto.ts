import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { ungrouped } from '../common/phone-numbers.js';
import { IsTime } from '../common/time.rule.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import { INBOUND_SMS_SOURCES, type InboundSmsRow, type InboundSmsSource } from './inbound-sms.entity.js';
import { type Verdict, VERDICTS } from './verdict.js';

/** Which rows of the journal to list. */
export class InboundSmsQuery extends PageQuery {
  /** Only those with this verdict; `dead_letter` lists the dead letters. */
  @IsOptional()
  @IsIn(VERDICTS, { message: `must be one of ${VERDICTS.join(', ')}` })
  verdict?: Verdict;

  /** `reconciled`: only those that never came and were fetched from Twilio's list; `webhook`: only those that came. */
  @IsOptional()
  @IsIn(INBOUND_SMS_SOURCES, { message: `must be one of ${INBOUND_SMS_SOURCES.join(', ')}` })
  source?: InboundSmsSource;

  /** Only those that this entry point took. */
  @IsOptional()
  @IsUUID()
  entryPointId?: string;

  /** Only those of this contact. */
  @IsOptional()
  @IsUUID()
  contactId?: string;

  /** Only the one with this MessageSid. @example "SM0123456789abcdef0123456789abcdef" */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  twilioMessageSid?: string;

  /** Only those of this sender, as in `from`. @example "+15005550101" */
  @Transform(ungrouped)
  @IsOptional()
  @IsString()
  @MaxLength(100)
  customer?: string;

  /** Only those received at that time or after it. @example "2026-11-24T00:00:00Z" */
  @IsOptional()
  @IsTime()
  since?: Date;

  /** Only those received before that time. @example "2026-11-25T00:00:00Z" */
  @IsOptional()
  @IsTime()
  until?: Date;

  /** `false`: only those that nobody has put aside; `true`: only dead letters that somebody has. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  discarded?: boolean;
}

/** An SMS as Twilio delivered it, and what became of it. */
export class InboundSmsDto {
  /** Names the row in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b14" */
  id: string;

  /** The entry point that has the number texted; null when none has. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string | null;

  /** The contact it went to; null when it made none. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  contactId: string | null;

  /** Twilio's id of it. @example "SM0123456789abcdef0123456789abcdef" */
  twilioMessageSid: string;

  /** E.164, a short code or letters. @example "+15005550101" */
  from: string;

  /** The number that was texted. @example "+15005550006" */
  to: string;

  /** Its text. A NUL character shows as ␀. @example "Hi, my order is late" */
  body: string;

  /**
   * `accepted` (a contact has it), `entry_point_disabled`, `channel_disabled` (the campaign's), `blocked` (its sender
   * is), `opted_out` (STOP, and no contact was open), `unrouted` (no entry point has the number), `quarantined` (signed,
   * but no SMS), `dead_letter` (processing failed for good); null while it waits.
   */
  verdict: Verdict | null;

  /** Failed tries to process it. @example 0 */
  attempts: number;

  /** Why the last try failed, or why it is quarantined. @example "MessageSid occurs 0 times instead of once" */
  lastError: string | null;

  /** `webhook`: Twilio posted it; `reconciled`: it never came, and was fetched from Twilio's list. @example "webhook" */
  source: InboundSmsSource;

  /** When Twilio received it, to the second; null unless it was fetched from Twilio's list. @example "2026-11-24T10:31:00.000Z" */
  sentAt: Date | null;

  /** When it was stored. @example "2026-11-24T10:31:00.000Z" */
  receivedAt: Date;

  /** When it got its verdict. @example "2026-11-24T10:31:00.000Z" */
  processedAt: Date | null;

  /** When somebody put it aside, as a dead letter that needs no more work; null otherwise. @example "2026-11-24T10:31:00.000Z" */
  discardedAt: Date | null;

  /**
   * Every parameter that Twilio sent, also those this service does not know; of a reconciled one what Twilio's list has.
   * @example { "MessageSid": "SM0123456789abcdef0123456789abcdef", "FromCountry": "US" }
   */
  raw: Record<string, string>;
}

/** A page of the journal, newest first. */
export class InboundSmsPageDto {
  /** The rows. */
  data: InboundSmsDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
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
