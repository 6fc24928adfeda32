import { Transform } from 'class-transformer';
import { IsString, MaxLength } from 'class-validator';
import { SegmentsDto } from '../common/segments.dto.js';
import { storable } from '../common/sms-text.rule.js';

/** A text to count. */
export class CountSegmentsDto {
  /** The text, which may be too long for an SMS. @example "Mon – Fri" */
  @Transform(storable)
  @MaxLength(10_000, { message: 'must not be longer than 10,000 characters' })
  @IsString({ message: 'must be a text' })
  body: string;
}

/** The segments of a text, and whether it is too long for an SMS. */
export class CountedSegmentsDto extends SegmentsDto {
  /** What Twilio takes as one message, in UTF-16 units: most emoji count two or more. @example 1600 */
  limit: number;

  /** Whether the text is over the limit. */
  tooLong: boolean;
}
