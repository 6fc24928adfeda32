import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import type { InboundSmsRow } from './inbound-sms.entity.js';
import { type Verdict, VERDICTS } from './verdict.js';

/** Which rows of the journal to list. */
export class InboundSmsQuery extends PageQuery {
  /** Only those with this verdict; `dead_letter` lists the dead letters. */
  @IsOptional()
  @IsIn(VERDICTS, { message: `must be one of ${VERDICTS.join(', ')}` })
  verdict?: Verdict;

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
}

/** An SMS as Twilio delivered it, and what became of it. */
export class InboundSmsDto {
  id: string;

  /** The entry point that has the number texted; null when none has. */
  entryPointId: string | null;

  /** The contact it went to; null when it made none. */
  contactId: string | null;

  /** @example "SM0123456789abcdef0123456789abcdef" */
  twilioMessageSid: string;

  /** E.164, a short code or letters. @example "+15005550101" */
  from: string;

  /** @example "+15005550006" */
  to: string;

  /** @example "Hi, my order is late" */
  body: string;

  /**
   * `accepted` (a contact has it), `entry_point_disabled`, `channel_disabled` (the campaign's), `unrouted` (no entry
   * point has the number), `quarantined` (signed, but no SMS), `dead_letter` (processing failed for good); null while
   * it waits.
   */
  verdict: Verdict | null;

  /** Failed tries to process it. */
  attempts: number;

  /** Why the last try failed, or why it is quarantined. */
  lastError: string | null;

  receivedAt: Date;

  processedAt: Date | null;

  /** Every parameter that Twilio sent, also those this service does not know. */
  raw: Record<string, string>;
}

/** A page of the journal, newest first. */
export class InboundSmsPageDto {
  data: InboundSmsDto[];

  /** `cursor` of the next page; null on the last one. */
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
  receivedAt: row.receivedAt,
  processedAt: row.processedAt,
  raw: new TwilioForm(row.raw).toRecord(),
});
