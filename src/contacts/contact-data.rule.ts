import { ValidateBy } from 'class-validator';

const MAX_BYTES = 16 * 1024;
const MAX_DEPTH = 20;

/** A JSON object, of limited size and depth. */
export const IsContactData = (): PropertyDecorator =>
  ValidateBy({
    name: 'isContactData',
    validator: {
      validate: (value: unknown) => isObject(value) && isWithinDepth(value, MAX_DEPTH) && isWithinSize(value),
      defaultMessage: () => `must be a JSON object of at most 16 KiB, and at most ${MAX_DEPTH} levels deep`,
    },
  });

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const isWithinDepth = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isWithinDepth(part, levels - 1)));

const isWithinSize = (value: unknown): boolean => Buffer.byteLength(JSON.stringify(value)) <= MAX_BYTES;
