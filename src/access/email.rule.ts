import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, MaxLength } from 'class-validator';

/** One spelling for one address, wherever it comes in: otherwise each would have guesses of its own. */
export const toEmail = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.trim().toLowerCase() : value;

/** An e-mail address, in lower case from here on; hosts without a dot will do (`admin@localhost`). */
export const IsUserEmail = (): PropertyDecorator =>
  applyDecorators(
    Transform(toEmail),
    MaxLength(254, { message: 'must not be longer than 254 characters' }),
    IsEmail(
      { require_tld: false, allow_utf8_local_part: false },
      { message: 'must be an e-mail address such as ada@example.com' },
    ),
  );
