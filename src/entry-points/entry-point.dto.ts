import { OmitType, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { canonical, IsLanguage } from '../common/language.rule.js';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import type { SegmentsDto } from '../common/segments.dto.js';
import { IsNoticeTemplate } from '../common/sms-text.rule.js';
import { trim } from '../common/trim.js';
import { ENTRY_POINT_STATES, type EntryPointState } from './entry-point.entity.js';
import type { WebhookState } from './webhook-state.js';

const AUTO_CLOSE = { message: 'must be a whole number of hours from 1 to 8760, or null for never' };
const REOPEN = { message: 'must be a whole number of minutes from 0 to 10080' };

/** A new entry point. */
export class CreateEntryPointDto {
  /** The campaign it belongs to. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  @IsUUID()
  campaignId: string;

  /** Unique in the campaign. @example "Support EN" */
  @Transform(trim)
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  name: string;

  /** One of the campaign's languages. @example "en-US" */
  @Transform(canonical)
  @IsLanguage()
  language: string;

  /** `disabled` keeps SMS in the journal without making contacts of them. */
  @MayBeLeftOut()
  @IsIn(ENTRY_POINT_STATES, { message: `must be one of ${ENTRY_POINT_STATES.join(', ')}` })
  state?: EntryPointState;

  /** `sid` of a number from `GET telephony/phone-numbers`. @example "PN0123456789abcdef0123456789abcdef" */
  @Matches(/^(PN|SC)[0-9a-f]{32}$/, {
    message: 'must be the sid of a number: PN or SC and 32 hex digits',
    context: { code: 'isPhoneNumberSid' },
  })
  phoneNumberSid: string;

  /**
   * The first answer to a new contact; null for none. `{entryPoint}`, `{campaign}`, `{number}` (ours), `{customer}` and
   * `{opensAt}` are filled in, `{{` writes a brace.
   * @example "Thanks for writing to {campaign}. Somebody will answer in a moment."
   */
  @IsOptional()
  @IsNoticeTemplate()
  greeting?: string | null;

  /** After how many hours of silence its contacts are closed; 24 if left out, null for never. @example 24 */
  @IsOptional()
  @Max(8_760, AUTO_CLOSE)
  @Min(1, AUTO_CLOSE)
  @IsInt(AUTO_CLOSE)
  autoCloseHours?: number | null;

  /** For how many minutes after its close an SMS opens the same contact again; 0 for a new contact at once. @example 60 */
  @MayBeLeftOut()
  @Max(10_080, REOPEN)
  @Min(0, REOPEN)
  @IsInt(REOPEN)
  reopenMinutes?: number;
}

/** What to change of an entry point; what is left out stays. */
export class UpdateEntryPointDto extends PartialType(OmitType(CreateEntryPointDto, ['campaignId']), {
  skipNullProperties: false,
}) {}

/** Which entry points to list. */
export class EntryPointQuery extends PageQuery {
  /** Only those of this campaign. */
  @IsOptional()
  @IsUUID()
  campaignId?: string;

  /** Only those in this state. */
  @IsOptional()
  @IsIn(ENTRY_POINT_STATES, { message: `must be one of ${ENTRY_POINT_STATES.join(', ')}` })
  state?: EntryPointState;

  /** Only those with this text in their name or number. */
  @IsOptional()
  @IsString()
  @MaxLength(80)
  q?: string;
}

/** Whether Twilio posts the SMS of the number to this entry point. */
export class WebhookStatusDto {
  /**
   * `set`, or what keeps SMS away: `not_set`, `changed` (another URL or method), `overridden_by_application` (a TwiML
   * application), `overridden_by_messaging_service`, `number_missing` (not in the Twilio account), `unknown` (not
   * checked yet, or Twilio could not be asked when it was).
   */
  state: WebhookState;

  /** When Twilio was last asked. @example "2026-11-24T10:31:00.000Z" */
  checkedAt: Date | null;
}

/** An entry point. */
export class EntryPointDto {
  /** Names the entry point in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** The campaign it belongs to. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b12" */
  campaignId: string;

  /** Unique in the campaign. @example "Support EN" */
  name: string;

  /** One of the campaign's languages; its contacts get it. @example "en-US" */
  language: string;

  /** Its own switch. */
  state: EntryPointState;

  /**
   * Whether SMS become contacts now: its own switch, the campaign's SMS Inbound channel and the
   * account's (`GET sms-inbound`) together.
   */
  enabled: boolean;

  /** Twilio's id of its number. @example "PN0123456789abcdef0123456789abcdef" */
  phoneNumberSid: string;

  /** Its number: E.164, or the digits of a short code. @example "+15005550006" */
  phoneNumber: string;

  /**
   * Whether its number can send pictures and files, as of the last time that Twilio was asked, such as by a check of the
   * webhook; null when it never was.
   * @example true
   */
  mms: boolean | null;

  /**
   * Where Twilio is to post SMS; anybody who knows it still needs the AUTH TOKEN to be believed.
   * @example "https://sms.example.com/webhooks/twilio/sms/k3v9x0q2m1abc4d5e6f7g8h9i0j1k2l3"
   */
  webhookUrl: string;

  /** Whether SMS reach it, as of the last check. */
  webhook: WebhookStatusDto;

  /** The first answer to a new contact, with its placeholders; null for none. */
  greeting: string | null;

  /** What the greeting costs, filled in; null without one. */
  greetingSegments: SegmentsDto | null;

  /** After how many hours of silence its contacts are closed; null for never. @example 24 */
  autoCloseHours: number | null;

  /** For how many minutes after its close an SMS opens the same contact again; 0 for a new contact at once. @example 0 */
  reopenMinutes: number;

  /**
   * One more with each change; what a check of the webhook finds is none. It is the `ETag` too: give it back as
   * `If-Match`, and a change that somebody made since is not undone. @example 1
   */
  version: number;

  /** When it was made. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When it was last changed. @example "2026-11-24T10:31:00.000Z" */
  updatedAt: Date;
}

/** A page of entry points, newest first. */
export class EntryPointPageDto {
  /** The entry points. */
  data: EntryPointDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}
