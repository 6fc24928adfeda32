import { ApiParams } from './params.decorator.js';
import type { Params } from './sentence.js';

/** What is wrong with one field. */
export class FieldErrorDto {
  /** Name of the field, with a path for nested ones. @example "name" */
  field: string;

  /** What it must be. @example "must be 1 to 80 characters long" */
  message: string;

  /** Stable code of the rule that it breaks. @example "isLength" */
  code: string;

  /** What the message tells of, to tell it in another language. @example { "min": 1, "max": 80 } */
  @ApiParams()
  params: Params;
}

/** An error, as of RFC 9457; sent as application/problem+json. */
export class ProblemDetailsDto {
  /** Identifies the kind of problem. @example "urn:sms-inbound:problem:not_found" */
  type: string;

  /** The HTTP status in words. @example "Not Found" */
  title: string;

  /** The HTTP status. @example 404 */
  status: number;

  /** What happened and the way out, for a person. @example "There is no such contact in this account." */
  detail: string;

  /** Stable code for programs. @example "not_found" */
  errorCode: string;

  /** What `detail` tells of, to tell it in another language. @example { "phoneNumber": "+15005550006" } */
  @ApiParams()
  params: Params;

  /** Id of the request; the service's log has it too. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  traceId: string;

  /** What is wrong, field by field. */
  errors?: FieldErrorDto[];
}
