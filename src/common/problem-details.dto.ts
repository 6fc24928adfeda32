import { ApiParams } from './params.decorator.js';
import type { Params } from './sentence.js';

/** The error of one field. */
export class FieldErrorDto {
  /** The name of the field; for a nested field its path. @example "name" */
  field: string;

  /** What the field must be. @example "must be 1 to 80 characters long" */
  message: string;

  /** The stable code of the rule that the field breaks. @example "isLength" */
  code: string;

  /** The values in `message`, for a translation of it. @example { "min": 1, "max": 80 } */
  @ApiParams()
  params: Params;
}

/** An error as RFC 9457 defines it; it is sent as application/problem+json. */
export class ProblemDetailsDto {
  /** The URI of the problem type. @example "urn:sms-inbound:problem:not_found" */
  type: string;

  /** The HTTP status in words. @example "Not Found" */
  title: string;

  /** The HTTP status. @example 404 */
  status: number;

  /** What happened and what to do about it, for people. @example "There is no such contact in this account." */
  detail: string;

  /** The stable code of the problem, for programs. @example "not_found" */
  errorCode: string;

  /** The values in `detail`, for a translation of it. @example { "phoneNumber": "+15005550006" } */
  @ApiParams()
  params: Params;

  /** The id of the request, which is also in the service's log. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  traceId: string;

  /** The errors of the single fields. */
  errors?: FieldErrorDto[];
}
