import { HttpException } from '@nestjs/common';

/** What is wrong with one field of a request, and what it must be. */
export interface FieldError {
  field: string;
  message: string;
}

interface ProblemOptions {
  errors?: FieldError[];
  /** Members beside the standard ones (RFC 9457, 3.2), such as the entry point in the way of a 409. */
  extensions?: Record<string, unknown>;
  cause?: unknown;
}

/** An error a client can act upon: HTTP status, stable `errorCode`, a sentence with the way out. */
export class Problem extends HttpException {
  readonly errors: FieldError[] | undefined;
  readonly extensions: Record<string, unknown>;
  override readonly cause: unknown;

  constructor(
    status: number,
    override readonly errorCode: string,
    readonly detail: string,
    { errors, extensions = {}, cause }: ProblemOptions = {},
  ) {
    super(detail, status);
    this.cause = cause;
    this.errors = errors;
    this.extensions = extensions;
  }
}

/** 404, also for what belongs to another account: its existence is nobody's business. */
export const notFound = (what: string): Problem =>
  new Problem(404, 'not_found', `There is no such ${what} in this account.`);

export const conflict = (errorCode: string, detail: string, extensions?: Record<string, unknown>): Problem =>
  new Problem(409, errorCode, detail, { extensions });

/** 422: understood, but one field or several cannot be accepted. */
export const unprocessable = (errorCode: string, detail: string, errors?: FieldError[]): Problem =>
  new Problem(422, errorCode, detail, { errors });
