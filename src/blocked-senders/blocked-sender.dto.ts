import { Transform } from 'class-transformer';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { ungrouped } from '../common/phone-numbers.js';
import { trim } from '../common/trim.js';
import type { BlockedSender } from './blocked-sender.entity.js';

/** More digits without a + are a phone number that lacks it, and would block nobody. */
const SENDER = /^(\+\d{1,63}|\d{1,8}|(?!\+)(?=.*\p{L}).{1,64})$/u;

/** Which blocked senders to list. */
export class BlockedSenderQuery extends PageQuery {
  /** Only those that have this in the number or in the reason. @example "0101" */
  @Transform(ungrouped)
  @IsOptional()
  @IsString()
  @Length(1, 200, { message: 'must be 1 to 200 characters long' })
  q?: string;
}

/** Whom to block. */
export class CreateBlockedSenderDto {
  /** The sender as in a contact's `ani`: E.164, a short code or letters. @example "+15005550101" */
  @Transform(trim)
  @IsString()
  @Matches(SENDER, {
    message: 'must be a phone number as +15005550101, a short code or the name of a sender',
    context: { code: 'isSender' },
  })
  phoneNumber: string;

  /** Why, for colleagues. @example "Advertising" */
  @IsOptional()
  @Transform(trim)
  @IsString()
  @Length(1, 200, { message: 'must be 1 to 200 characters long' })
  reason?: string | null;
}

/** A sender whose SMS stay in the journal and reach no agent. */
export class BlockedSenderDto {
  /** Names the row in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b16" */
  id: string;

  /** E.164, a short code or letters. @example "+15005550101" */
  phoneNumber: string;

  /** Why, for colleagues. @example "Advertising" */
  reason: string | null;

  /** The user or the API key that blocked it. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b17" */
  createdBy: string | null;

  /** When it was blocked. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;
}

/** A page of blocked senders, newest first. */
export class BlockedSenderPageDto {
  /** The blocked senders. */
  data: BlockedSenderDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentBlockedSender = (sender: BlockedSender): BlockedSenderDto => ({
  id: sender.id,
  phoneNumber: sender.phoneNumber,
  reason: sender.reason,
  createdBy: sender.createdBy,
  createdAt: sender.createdAt,
});
