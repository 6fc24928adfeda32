import { HttpException } from '@nestjs/common';
import { fillIn, type Params } from './sentence.js';

/** What is wrong with one field of a request, and what it must be. */
export interface FieldError {
  field: string;
  /** May have `{{places}}` for the params. */
  message: string;
  /** What is wrong, for programs; the problem's errorCode when left out. */
  code?: string;
  params?: Params;
}

interface ProblemOptions {
  /** What stands in the `{{places}}` of the sentence. */
  params?: Params | undefined;
  errors?: FieldError[] | undefined;
  /** Members beside the standard ones (RFC 9457, 3.2), such as the entry point in the way of a 409. */
  extensions?: Record<string, unknown> | undefined;
  cause?: unknown;
}

/** An error a client can act upon: HTTP status, stable `errorCode`, a sentence with the way out. */
export class Problem extends HttpException {
  readonly detail: string;
  readonly params: Params;
  readonly errors: Required<FieldError>[] | undefined;
  readonly extensions: Record<string, unknown>;
  override readonly cause: unknown;

  /** @param sentence `detail`, with `{{places}}` for the params */
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

/** 404, also for what belongs to another account: its existence is nobody's business. */
export const notFound = (what: string): Problem =>
  new Problem(404, 'not_found', `There is no such ${what} in this account.`);

export const conflict = (
  errorCode: string,
  sentence: string,
  params?: Params,
  extensions?: Record<string, unknown>,
): Problem => new Problem(409, errorCode, sentence, { extensions, params });

/** 422: understood, but one field or several cannot be accepted. */
export const unprocessable = (errorCode: string, sentence: string, errors?: FieldError[], params?: Params): Problem =>
  new Problem(422, errorCode, sentence, { errors, params });

/** 422 for one field. @param message what it must be, with `{{places}}` for the params */
export const refuseField = (errorCode: string, field: string, message: string, params?: Params): Problem =>
  unprocessable(errorCode, `${field} ${message}.`, [{ field, message, ...(params && { params }) }], params);
