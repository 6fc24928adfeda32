import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { unprocessable } from './problem.js';

/** The query of a list with a limited number of rows. */
export class LimitQuery {
  /** The maximum number of rows to return. */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number from 1 to 100' })
  @Min(1, { message: 'must be a whole number from 1 to 100' })
  @Max(100, { message: 'must be a whole number from 1 to 100' })
  limit: number = 50;
}

/** The query of a paged list. */
export class PageQuery extends LimitQuery {
  /** The `nextCursor` of the previous page. Leave it out for the first page. */
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
 * Makes a page of rows.
 * @param rows up to one more than `limit`: the extra row only shows that there is a next page
 * @param positionOf gives a row's position in the order of the list, as text
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

/** @throws Problem 422 when this list cannot have returned the cursor */
export function decodeCursor(cursor: string, shape: RegExp): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  if (shape.test(position)) return position;
  const message = 'must be a nextCursor that this list returned; leave it out for the first page';
  throw unprocessable('cursor_invalid', `The cursor ${message}.`, [{ field: 'cursor', message }]);
}

export const UUID_POSITION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Up to 18 digits, because every such number fits into a bigint. */
export const NUMBER_POSITION = /^\d{1,18}$/;
