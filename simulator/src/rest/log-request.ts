import type { FastifyRequest } from 'fastify';
import type { WireEntry } from '../records/wire-log.ts';
import type { Twilio } from '../twilio.ts';
import { encodeForm } from '../webhook/form.ts';

/** Adds a request to the REST API or the CDN, with its answer, to the wire log. */
export function logRequest(
  twilio: Twilio,
  request: FastifyRequest,
  answer: Pick<WireEntry, 'status' | 'ms' | 'responseBody' | 'error' | 'messageSid'>,
) {
  const { ms, responseBody } = answer;
  const { authorization, 'content-type': contentType } = request.headers;
  const headers: Record<string, string> = {};
  if (authorization) headers.authorization = 'Basic ****';
  if (contentType) headers['content-type'] = contentType;
  twilio.wireLog.add({
    ...answer,
    at: Date.now() - ms,
    direction: 'in',
    method: request.method,
    url: twilio.address.url + request.url,
    headers,
    body: encodeForm(pairsOf(request.body)),
    responseBody: responseBody.replaceAll(twilio.account.authToken, '****'),
    messageSid:
      answer.messageSid ??
      /\b[SM]M[0-9a-f]{32}\b/.exec(request.url + (request.method === 'POST' ? responseBody : ''))?.[0],
  });
}

const pairsOf = (body: unknown): [string, string][] =>
  Object.entries((body ?? {}) as Record<string, string | string[]>).flatMap(([key, value]) =>
    [value].flat().map((one): [string, string] => [key, one]),
  );
