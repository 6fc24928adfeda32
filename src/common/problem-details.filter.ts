import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { isDatabaseUnreachable, isUnstorableText } from './database-errors.js';
import { Problem, unprocessable } from './problem.js';
import type { ProblemDetailsDto } from './problem-details.dto.js';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** Fastify's own errors (body too large, no parser for the content type, malformed JSON ...) carry a status. */
interface FastifyError extends Error {
  statusCode?: number;
}

/** The errorCodes of the framework's own errors, by HTTP status. */
export const FRAMEWORK_CODES: Record<number, string> = {
  400: 'bad_request',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

/** Turns every error into RFC 9457 problem details. Server errors are logged, and their cause is not sent to the client. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter<Error> {
  private readonly logger = new Logger('http');

  catch(error: Error, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    const status = problem.getStatus();
    if (status >= 500)
      this.logger.error({ err: error, traceId: request.id }, `${request.method} failed: ${error.name}`);
    sendProblem(problem, request, reply);
  }
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  setStatus(problem, reply);
  void reply.type(PROBLEM_CONTENT_TYPE).send(describeProblem(problem, request.id));
}

/** The `Retry-After` of a 503, in seconds. */
export const RETRY_AFTER_S = '2';

/** Sets the status, and for a 503 when to retry. */
export function setStatus(problem: Problem, reply: FastifyReply): void {
  const status = problem.getStatus();
  if (status === 503) void reply.header('Retry-After', RETRY_AFTER_S);
  void reply.status(status);
}

/** The body of the response. */
export function describeProblem(problem: Problem, traceId: string): ProblemDetailsDto {
  const status = problem.getStatus();
  return {
    type: `urn:sms-inbound:problem:${problem.errorCode}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: problem.detail,
    errorCode: problem.errorCode,
    params: problem.params,
    traceId,
    ...(problem.errors && { errors: problem.errors }),
    ...problem.extensions,
  };
}

/** The problem for any error: our own as it is, the framework's by its status, an unreachable database as 503. */
export function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return fromHttpException(error);
  const { statusCode } = error as FastifyError;
  if (statusCode !== undefined && statusCode < 500) return fromStatus(statusCode, error.message);
  if (isDatabaseUnreachable(error)) {
    return new Problem(
      503,
      'database_unavailable',
      'The database cannot be reached or is too busy to answer. Try again in a few seconds.',
    );
  }
  if (isUnstorableText(error)) {
    return unprocessable(
      'text_unstorable',
      'A text in this request contains a NUL character, which cannot be stored. Remove it.',
    );
  }
  return new Problem(500, 'internal_error', 'The service failed. Its log has the cause under this traceId.');
}

const fromStatus = (status: number, detail: string): Problem =>
  new Problem(status, FRAMEWORK_CODES[status] ?? 'error', detail);

/** A failed health check lists the parts that are down in `error`, which the probe needs to see. */
function fromHttpException(exception: HttpException): Problem {
  const status = exception.getStatus();
  const response = exception.getResponse();
  if (typeof response !== 'object' || !('details' in response)) return fromStatus(status, exception.message);
  const { error } = response as { error?: object };
  const away = Object.keys(error ?? {}).join(', ');
  return new Problem(status, 'not_ready', 'Not ready: {{away}}.', { params: { away }, extensions: { error } });
}
