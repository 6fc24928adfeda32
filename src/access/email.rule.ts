import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, MaxLength } from 'class-validator';

/** Normalises an address, because otherwise each spelling would have its own count of failed sign-ins. */
export const toEmail = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.trim().toLowerCase() : value;

/** An e-mail address, converted to lower case. Hosts without a dot are allowed (`admin@localhost`). */
export const IsUserEmail = (): PropertyDecorator =>
  applyDecorators(
    Transform(toEmail),
    MaxLength(254, { message: 'must not be longer than 254 characters' }),
    IsEmail(
      { require_tld: false, allow_utf8_local_part: false },
      { message: 'must be an e-mail address such as ada@example.com' },
    ),
  );
