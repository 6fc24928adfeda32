import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const toDate = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && TIME.test(value) ? new Date(value) : value;

/** A point in time with its zone (RFC 3339); without a zone it would be ambiguous. */
export const IsTime = (): PropertyDecorator =>
  applyDecorators(Transform(toDate), IsDate({ message: 'must be a time with its zone, such as 2026-11-24T10:31:00Z' }));
