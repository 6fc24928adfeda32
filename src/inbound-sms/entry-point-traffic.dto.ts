import { IsOptional, MinDate } from 'class-validator';
import { IsTime } from '../common/time.rule.js';

const MAX_DAYS = 31;
const earliest = (): Date => new Date(Date.now() - MAX_DAYS * 24 * 3_600_000);

/** Since when to count. */
export class TrafficQuery {
  /** Only what came since; at most 31 days ago, and the last 24 hours if left out. @example "2026-11-24T00:00:00Z" */
  @IsOptional()
  @MinDate(earliest, { message: `must not be longer ago than ${MAX_DAYS} days` })
  @IsTime()
  since?: Date;
}

/** What an entry point has to do. */
export class EntryPointTrafficDto {
  /** Which entry point. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string;

  /** SMS that came for it since then, whatever became of them. @example 31 */
  received: number;

  /** Those of them that are in a contact. @example 30 */
  accepted: number;

  /** Its contacts that wait for an agent now. @example 2 */
  waiting: number;

  /** Its contacts that an agent has now. @example 5 */
  active: number;

  /** When its last SMS came, also before then; null for never. @example "2026-11-24T10:31:00.000Z" */
  lastReceivedAt: Date | null;
}

/** The traffic of every entry point, newest first, on one page. */
export class EntryPointTrafficPageDto {
  /** One row for each entry point. */
  data: EntryPointTrafficDto[];

  /** Always null: there is one page. @example null */
  nextCursor: string | null;
}
