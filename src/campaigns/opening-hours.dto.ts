import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayUnique, IsIn, IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { IsListOf } from '../common/list.rule.js';
import { storable } from '../common/sms-text.rule.js';
import { type Day, DAYS, type OpeningHours, type OpenRange } from './opening-hours.js';
import { DoNotOverlap, IsClosingTime, IsDate, IsOpeningTime, IsTimeZone } from './opening-hours.rule.js';

/** A range of opening hours on one day. */
export class OpenRangeDto implements OpenRange {
  /** The opening time, in the time zone of the opening hours. @example "09:00" */
  @IsOpeningTime()
  opens: string;

  /** The closing time. A time before `opens` is on the next day; 24:00 is the end of the day. @example "18:00" */
  @IsClosingTime()
  closes: string;
}

/** A range of opening hours on one day of every week. */
export class WeeklyRangeDto extends OpenRangeDto {
  /** The day on which the range begins. @example "monday" */
  @IsIn(DAYS, { message: `must be one of ${DAYS.join(', ')}` })
  day: Day;
}

/** A date with different opening hours. */
export class DayExceptionDto {
  /** The date; each may only occur once in the list. @example "2026-12-25" */
  @IsDate()
  date: string;

  /** The ranges that replace the weekly ranges on this date; an empty list if it is closed. @example [] */
  @DoNotOverlap()
  @IsListOf(() => OpenRangeDto, '{ opens, closes }', 10, '; use an empty list for closed')
  hours: OpenRangeDto[];

  /** The reason, for the people who maintain the opening hours. @example "Christmas" */
  @MayBeLeftOut()
  @Transform(storable)
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  @IsString({ message: 'must be a string' })
  note?: string;
}

/**
 * When a campaign is open, in its time zone. A range belongs to the day on which it begins, even if it extends past
 * midnight.
 */
export class OpeningHoursDto implements OpeningHours {
  /** The name of a time zone in the IANA database. @example "Europe/Rome" */
  @IsTimeZone()
  timeZone: string;

  /** The ranges of each week. A day may have several. */
  @DoNotOverlap()
  @IsListOf(() => WeeklyRangeDto, '{ day, opens, closes }', 70)
  weekly: WeeklyRangeDto[];

  /** Dates with different opening hours, such as holidays. */
  @ApiPropertyOptional()
  @ArrayUnique((each: DayExceptionDto | null) => each?.date, { message: 'must name each date once' })
  @IsListOf(() => DayExceptionDto, '{ date, hours, note }', 366, '; it may be left out')
  exceptions: DayExceptionDto[] = [];
}
