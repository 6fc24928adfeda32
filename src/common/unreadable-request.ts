import { Logger } from '@nestjs/common';
import type { Socket } from 'node:net';
import { newId } from './ids.js';
import { Problem } from './problem.js';
import { describeProblem, PROBLEM_CONTENT_TYPE } from './problem-details.filter.js';

const TOO_SLOW = new Problem(
  408,
  'request_too_slow',
  'The request did not arrive in time: its headers have 5 s, the whole request 10 s. Send it again.',
);
const HEADERS_TOO_LARGE = new Problem(
  431,
  'headers_too_large',
  'The headers are larger than 16 KiB. Send fewer of them.',
);
const MALFORMED = new Problem(400, 'bad_request', 'This is not a valid HTTP request.');

const logger = new Logger('http');

/**
 * Answers, on the socket itself, bytes that could not be parsed as a request. It then closes the connection, since
 * nothing tells where the next request would begin.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const traceId = newId();
  logger.debug({ code: error.code, traceId }, 'A request could not be read');
  if (socket.writable) socket.write(toResponse(problemOf(error), traceId));
  socket.destroy(error);
}

function problemOf({ code }: NodeJS.ErrnoException): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return TOO_SLOW;
  return code === 'HPE_HEADER_OVERFLOW' ? HEADERS_TOO_LARGE : MALFORMED;
}

function toResponse(problem: Problem, traceId: string): string {
  const details = describeProblem(problem, traceId);
  const body = JSON.stringify(details);
  const headers = [
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return [`HTTP/1.1 ${details.status} ${details.title}`, ...headers, '', body].join('\r\n');
}
