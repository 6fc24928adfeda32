import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

/**
 * A list of objects, each validated by the rules of its class.
 * @param shape the fields of one object, for the message, such as `{ opens, closes }`
 * @param hint added to the message when the value is not such a list
 */
export const IsListOf = (
  itemClass: () => new () => object,
  shape: string,
  max: number,
  hint = '',
): PropertyDecorator => {
  const findProblem = (value: unknown): string | null => {
    // In a list in place of an object, class-validator would look for objects, and accept an empty one.
    if (!Array.isArray(value) || value.some((item) => Array.isArray(item))) return `must be a list of ${shape}${hint}`;
    return value.length > max ? `must not have more than ${max} items` : null;
  };
  return applyDecorators(
    Type(itemClass),
    ValidateNested({ each: true, message: `must be ${shape}` }),
    ValidateBy({
      name: 'isListOf',
      validator: {
        validate: (value) => findProblem(value) === null,
        defaultMessage: (args) => findProblem(args?.value) ?? '',
      },
    }),
  );
};
