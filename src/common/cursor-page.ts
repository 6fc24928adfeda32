import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { unprocessable } from './problem.js';

/** Query of a list that gives a limited number of rows. */
export class LimitQuery {
  /** How many rows to give at most. */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number from 1 to 100' })
  @Min(1, { message: 'must be a whole number from 1 to 100' })
  @Max(100, { message: 'must be a whole number from 1 to 100' })
  limit: number = 50;
}

/** Query of every paged list. */
export class PageQuery extends LimitQuery {
  /** `nextCursor` of the page before; leave it out for the first page. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/**
 * Cuts a page from rows of which one more was fetched than asked for.
 * @param positionOf the row's place in the list's order, as text
 */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => string,
  present: (row: Row) => T,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null;
  return { data: page.map(present), nextCursor };
}

export const encodeCursor = (position: string): string => Buffer.from(position).toString('base64url');

/** @throws Problem 422 when the cursor is not one that this list gave out. */
export function decodeCursor(cursor: string, shape: RegExp): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  if (shape.test(position)) return position;
  const message = 'must be a nextCursor that this list gave out; leave it out for the first page';
  throw unprocessable('cursor_invalid', `The cursor ${message}.`, [{ field: 'cursor', message }]);
}

export const UUID_POSITION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of 18 digits at most: every one of them fits into a bigint. */
export const NUMBER_POSITION = /^\d{1,18}$/;
