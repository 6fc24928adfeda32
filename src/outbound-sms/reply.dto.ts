import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  MaxLength,
} from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { IsSmsText } from '../common/sms-text.rule.js';

/** Twilio takes no more with one message. The bounds below say it as a figure: the API's description is made from them. */
export const MAX_MEDIA = 10;

/** A reply to the customer. */
export class ReplyDto {
  /** Up to 1,600 characters; may be left out when there are pictures. @example "Let me check that for you." */
  @ApiPropertyOptional()
  @MayBeLeftOut()
  @IsString()
  @IsSmsText()
  body: string = '';

  /**
   * Pictures and files, each at a public address from which Twilio fetches it (MMS, where the number can).
   * @example ["https://shop.example.com/label.png"]
   */
  @MayBeLeftOut()
  @IsArray({ message: 'must be a list of URLs' })
  @ArrayMaxSize(10, { message: 'must not be more than 10' })
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
    { each: true, message: 'must each be an http or https URL' },
  )
  @MaxLength(2_000, { each: true, message: 'must each be at most 2,000 characters long' })
  mediaUrls?: string[];

  /**
   * Pictures and files that were uploaded for it (`POST /api/v1/media`), each for one reply only.
   * @example ["019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13"]
   */
  @MayBeLeftOut()
  @ArrayUnique({ message: 'must name each upload once' })
  @IsUUID(undefined, { each: true, message: 'must each be the id of an upload' })
  @ArrayMaxSize(10, { message: 'must not be more than 10' })
  @IsArray({ message: 'must be a list of ids' })
  mediaIds?: string[];

  /** Who writes it; the contact's agent if left out. @example "agent-7" */
  @IsOptional()
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  agentId?: string;
}
