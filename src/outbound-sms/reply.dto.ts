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

/** Twilio's limit per message. The validators repeat it as a literal, because the API description is generated from them. */
export const MAX_MEDIA = 10;

/** A reply to the customer. */
export class ReplyDto {
  /** Up to 1,600 characters; may be omitted if there are pictures. @example "Let me check that for you." */
  @ApiPropertyOptional()
  @MayBeLeftOut()
  @IsString()
  @IsSmsText()
  body: string = '';

  /**
   * Public URLs of pictures and files, from which Twilio fetches them. The number must support MMS.
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
   * Ids of uploads (`POST /api/v1/media`). Each can be sent once.
   * @example ["019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13"]
   */
  @MayBeLeftOut()
  @ArrayUnique({ message: 'must name each upload once' })
  @IsUUID(undefined, { each: true, message: 'must each be the id of an upload' })
  @ArrayMaxSize(10, { message: 'must not be more than 10' })
  @IsArray({ message: 'must be a list of ids' })
  mediaIds?: string[];

  /** The agent who writes it; by default the contact's agent. @example "agent-7" */
  @IsOptional()
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  agentId?: string;
}
