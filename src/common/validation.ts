import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { type FieldError, type Problem, unprocessable } from './problem.js';
import { fillIn, type Params } from './sentence.js';

/** Validates and transforms every body and query. A field that the DTO does not have is refused by name, not dropped silently. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    // `paramsOf` reads the arguments of the rules from the class of the target.
    validationError: { target: true },
    exceptionFactory: toProblem,
  });

function toProblem(errors: ValidationError[]): Problem {
  return refuseFields(errors.flatMap((error) => toFieldErrors(error)));
}

/** 422 that names each invalid field. */
export function refuseFields(fields: FieldError[]): Problem {
  const detail = fields.map(({ field, message, params = {} }) => `${field} ${fillIn(message, params)}`).join('; ');
  return unprocessable('validation_failed', `The request cannot be accepted: ${detail}.`, fields);
}

function toFieldErrors(error: ValidationError, path = ''): FieldError[] {
  const { property, constraints = {}, contexts, children = [] } = error;
  const field = path === '' ? property : `${path}.${property}`;
  const own = Object.entries(constraints).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? 'is not a field of this request' : withoutName(message, property),
    code: (contexts?.[rule] as RuleContext | undefined)?.code ?? rule,
    params: paramsOf(error, rule),
  }));
  return [...own, ...children.flatMap((child) => toFieldErrors(child, field))];
}

/** The `context` of a rule whose own name says too little: `@Matches(SID, { message, context: { code: 'isSid' } })`. */
interface RuleContext {
  code: string;
}

/** The names of the arguments of class-validator's rules, in their order. */
export const RULE_ARGUMENTS: Record<string, string[]> = {
  isLength: ['min', 'max'],
  maxLength: ['max'],
  min: ['min'],
  max: ['max'],
  arrayMaxSize: ['max'],
  isIn: ['values'],
};

/** class-validator tells which rule was broken but not its arguments, which are in its metadata. */
function paramsOf({ target, property }: ValidationError, rule: string): Params {
  if (target === undefined || !(rule in RULE_ARGUMENTS)) return {};
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', true, false);
  const { constraints = [] } = rules.find(({ propertyName, name }) => propertyName === property && name === rule) ?? {};
  return Object.fromEntries(RULE_ARGUMENTS[rule]!.map((name, i) => [name, asParam(constraints[i])]));
}

const asParam = (argument: unknown): string | number =>
  typeof argument === 'number' ? argument : [argument].flat().join(', ');

/** class-validator's own messages begin with the name of the field. */
const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
