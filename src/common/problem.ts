import { HttpException } from '@nestjs/common';
import { fillIn, type Params } from './sentence.js';

/** The error of one field of a request. */
export interface FieldError {
  field: string;
  /** What the field must be; it may contain `{{placeholders}}` for the params. */
  message: string;
  /** The code for programs; by default the problem's errorCode. */
  code?: string;
  params?: Params;
}

interface ProblemOptions {
  /** The values of the `{{placeholders}}` in the sentence. */
  params?: Params | undefined;
  errors?: FieldError[] | undefined;
  /** Extension members (RFC 9457, 3.2), such as the entry point that causes a 409. */
  extensions?: Record<string, unknown> | undefined;
  cause?: unknown;
}

/** An error that a client can act on: an HTTP status, a stable `errorCode`, and a sentence that says what to do. */
export class Problem extends HttpException {
  readonly detail: string;
  readonly params: Params;
  readonly errors: Required<FieldError>[] | undefined;
  readonly extensions: Record<string, unknown>;
  override readonly cause: unknown;

  /** @param sentence becomes `detail`; it may contain `{{placeholders}}` for the params */
  constructor(
    status: number,
    override readonly errorCode: string,
    sentence: string,
    { params = {}, errors, extensions = {}, cause }: ProblemOptions = {},
  ) {
    const detail = fillIn(sentence, params);
    super(detail, status);
    this.detail = detail;
    this.params = params;
    this.cause = cause;
    this.errors = errors?.map((error) => complete(error, errorCode));
    this.extensions = extensions;
  }
}

const complete = ({ field, message, code, params = {} }: FieldError, errorCode: string): Required<FieldError> => ({
  field,
  message: fillIn(message, params),
  code: code ?? errorCode,
  params,
});

/** 404, also for what belongs to another account, so that a client cannot find out whether it exists. */
export const notFound = (what: string): Problem =>
  new Problem(404, 'not_found', `There is no such ${what} in this account.`);

export const conflict = (
  errorCode: string,
  sentence: string,
  params?: Params,
  extensions?: Record<string, unknown>,
): Problem => new Problem(409, errorCode, sentence, { extensions, params });

/** 422 for a request that is well-formed but has one or more fields that cannot be accepted. */
export const unprocessable = (errorCode: string, sentence: string, errors?: FieldError[], params?: Params): Problem =>
  new Problem(422, errorCode, sentence, { errors, params });

/** 422 for one field. @param message says what it must be; it may contain `{{placeholders}}` for the params */
export const refuseField = (errorCode: string, field: string, message: string, params?: Params): Problem =>
  unprocessable(errorCode, `${field} ${message}.`, [{ field, message, ...(params && { params }) }], params);
