import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

/**
 * A list of objects, each checked by the rules of its class.
 * @param shape the fields of one, for the message, such as `{ opens, closes }`
 * @param hint what more to say to whom sends no list
 */
export const IsListOf = (
  itemClass: () => new () => object,
  shape: string,
  max: number,
  hint = '',
): PropertyDecorator => {
  const findProblem = (value: unknown): string | null => {
    // A list in the place of an item: class-validator would look for items in it, and let an empty one pass.
    if (!Array.isArray(value) || value.some((item) => Array.isArray(item))) return `must be a list of ${shape}${hint}`;
    return value.length > max ? `must not be more than ${max}` : null;
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
