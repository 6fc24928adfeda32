import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { type FieldError, type Problem, unprocessable } from './problem.js';

/** Checks and shapes every body and query; what is not in the DTO is refused by name, never dropped in silence. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: toProblem,
  });

function toProblem(errors: ValidationError[]): Problem {
  return refuseFields(errors.flatMap((error) => toFieldErrors(error)));
}

/** 422 that names each field that is wrong. */
export function refuseFields(fields: FieldError[]): Problem {
  const detail = fields.map(({ field, message }) => `${field} ${message}`).join('; ');
  return unprocessable('validation_failed', `The request cannot be accepted: ${detail}.`, fields);
}

function toFieldErrors({ property, constraints, children = [] }: ValidationError, path = ''): FieldError[] {
  const field = path === '' ? property : `${path}.${property}`;
  const own = Object.entries(constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? 'is not a field of this request' : withoutName(message, property),
  }));
  return [...own, ...children.flatMap((child) => toFieldErrors(child, field))];
}

/** class-validator's own messages begin with the name of the field. */
const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
