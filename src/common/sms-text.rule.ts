import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { findTemplateProblem } from './notice-template.js';
import { toStorableText } from './safe-text.js';
import { SMS_LIMIT, smsLength } from './segments.js';

/** Accepts whatever people paste: characters that PostgreSQL cannot store are replaced by visible ones. */
export const storable = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? toStorableText(value) : value;

/** @param findProblem says what is wrong with a text; null when nothing is */
const IsTextWithout = (name: string, findProblem: (text: string) => string | null): PropertyDecorator => {
  const problemOf = (value: unknown): string | null =>
    typeof value === 'string' ? findProblem(value) : 'must be a string';
  return applyDecorators(
    Transform(storable),
    ValidateBy({
      name,
      validator: {
        validate: (value) => problemOf(value) === null,
        defaultMessage: (args) => problemOf(args?.value) ?? '',
      },
    }),
  );
};

/** A text that Twilio accepts as the body of one message; it may be empty. */
export const IsSmsText = (): PropertyDecorator =>
  IsTextWithout('isSmsText', (text) =>
    smsLength(text) <= SMS_LIMIT
      ? null
      : `is ${smsLength(text).toLocaleString('en')} characters long; an SMS may have ${SMS_LIMIT.toLocaleString('en')}`,
  );

/** A notice with placeholders that Twilio accepts as the body of one message once they are filled in. */
export const IsNoticeTemplate = (): PropertyDecorator => IsTextWithout('isNoticeTemplate', findTemplateProblem);
