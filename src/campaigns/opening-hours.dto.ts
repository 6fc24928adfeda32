import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayUnique, IsIn, IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { IsListOf } from '../common/list.rule.js';
import { storable } from '../common/sms-text.rule.js';
import { type Day, DAYS, type OpeningHours, type OpenRange } from './opening-hours.js';
import { DoNotOverlap, IsClosingTime, IsDate, IsOpeningTime, IsTimeZone } from './opening-hours.rule.js';

/** From when to when on one day. */
export class OpenRangeDto implements OpenRange {
  /** When it opens, on the clocks of the time zone. @example "09:00" */
  @IsOpeningTime()
  opens: string;

  /** When it closes; before `opens` is on the day after, and 24:00 the end of the day. @example "18:00" */
  @IsClosingTime()
  closes: string;
}

/** From when to when on one day of every week. */
export class WeeklyRangeDto extends OpenRangeDto {
  /** The day on which it opens. @example "monday" */
  @IsIn(DAYS, { message: `must be one of ${DAYS.join(', ')}` })
  day: Day;
}

/** A date on which other hours hold. */
export class DayExceptionDto {
  /** The date, once in the list. @example "2026-12-25" */
  @IsDate()
  date: string;

  /** What opens on that date in place of the weekly ranges; empty for closed. @example [] */
  @DoNotOverlap()
  @IsListOf(() => OpenRangeDto, '{ opens, closes }', 10, '; an empty one for closed')
  hours: OpenRangeDto[];

  /** Why, for the people who keep the calendar. @example "Christmas" */
  @MayBeLeftOut()
  @Transform(storable)
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  @IsString({ message: 'must be a text' })
  note?: string;
}

/**
 * When a campaign is open, by the clocks of its time zone. A range belongs to the day on which it opens, also when it
 * goes on over midnight.
 */
export class OpeningHoursDto implements OpeningHours {
  /** A name of the IANA database. @example "Europe/Rome" */
  @IsTimeZone()
  timeZone: string;

  /** What opens each week; several ranges a day are fine. */
  @DoNotOverlap()
  @IsListOf(() => WeeklyRangeDto, '{ day, opens, closes }', 70)
  weekly: WeeklyRangeDto[];

  /** Dates on which other hours hold: holidays, for one. */
  @ApiPropertyOptional()
  @ArrayUnique((each: DayExceptionDto | null) => each?.date, { message: 'must name each date once' })
  @IsListOf(() => DayExceptionDto, '{ date, hours, note }', 366, '; it may be left out')
  exceptions: DayExceptionDto[] = [];
}
