import { PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Matches } from 'class-validator';
import { IsSmsText } from '../common/sms-text.rule.js';
import type { CannedReply } from './canned-reply.entity.js';

/** As it is stored. A cursor of the list is one, so it must stay short. */
export const SHORTCUT = /^[\p{L}\p{M}\p{N}_-]{1,30}$/u;

/** People write it as they type it, slash and all; whether in capitals makes no difference. */
const toShortcut = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.trim().replace(/^\//, '').toLowerCase().normalize('NFC') : value;

/** A new canned reply. */
export class CreateCannedReplyDto {
  /** What agents type after a slash to get it, unique in the account; kept in lower case. @example "hours" */
  @Transform(toShortcut)
  @IsString()
  @Matches(SHORTCUT, {
    message: 'must be 1 to 30 letters, digits, hyphens or underscores',
    context: { code: 'isShortcut' },
  })
  shortcut: string;

  /** Up to 1,600 characters, which agents can still change before they send it. @example "We are open from 9 to 18." */
  @Matches(/\S/, { message: 'must have a text', context: { code: 'hasText' } })
  @IsString()
  @IsSmsText()
  text: string;
}

/** What to change of a canned reply; what is left out stays. */
export class UpdateCannedReplyDto extends PartialType(CreateCannedReplyDto, { skipNullProperties: false }) {}

/** A text that agents have ready. */
export class CannedReplyDto {
  /** Names the canned reply in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b18" */
  id: string;

  /** What agents type after a slash to get it. @example "hours" */
  shortcut: string;

  /** The text. @example "We are open from 9 to 18." */
  text: string;

  /**
   * One more with each change. It is the `ETag` too: give it back as `If-Match`, and a change that somebody made since is
   * not undone. @example 1
   */
  version: number;

  /** When it was made. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When it was last changed. @example "2026-11-24T10:31:00.000Z" */
  updatedAt: Date;
}

/** A page of canned replies, by shortcut. */
export class CannedReplyPageDto {
  /** The canned replies. */
  data: CannedReplyDto[];

  /** `cursor` of the next page; null on the last one. @example "aG91cnM" */
  nextCursor: string | null;
}

export const presentCannedReply = (reply: CannedReply): CannedReplyDto => ({
  id: reply.id,
  shortcut: reply.shortcut,
  text: reply.text,
  version: reply.version,
  createdAt: reply.createdAt,
  updatedAt: reply.updatedAt,
});
