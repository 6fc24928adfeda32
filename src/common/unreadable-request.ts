import { Logger } from '@nestjs/common';
import type { Socket } from 'node:net';
import { newId } from './ids.js';
import { Problem } from './problem.js';
import { describeProblem, PROBLEM_CONTENT_TYPE } from './problem-details.filter.js';

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
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Problem(
      408,
      'request_too_slow',
      'The request did not come in time: headers have 5 s, all of it 10 s. Send it again.',
    );
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Problem(431, 'headers_too_large', 'The headers have more than 16 KiB. Send fewer of them.');
  }
  return new Problem(400, 'bad_request', 'What was sent is not HTTP as it should be.');
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
