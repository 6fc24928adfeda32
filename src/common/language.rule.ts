import { ValidateBy, type ValidationOptions } from 'class-validator';
import { canonicalLanguage } from './languages.js';

/** A BCP 47 language tag in canonical form. */
export const IsLanguage = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isLanguage',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && canonicalLanguage(value) === value,
        defaultMessage: () => `must ${options?.each ? 'each ' : ''}be a BCP 47 language tag such as en-US or pt-BR`,
      },
    },
    options,
  );

/** Puts language tags into canonical form before validation; invalid ones stay as they are, and validation refuses them. */
export const canonical = ({ value }: { value: unknown }): unknown => {
  if (Array.isArray(value)) return value.map((tag) => canonical({ value: tag }));
  return typeof value === 'string' ? (canonicalLanguage(value) ?? value) : value;
};
