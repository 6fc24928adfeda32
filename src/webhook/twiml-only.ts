import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../common/problem.js';
import { sendProblem, setStatus, toProblem } from '../common/problem-details.filter.js';
import { refusalTwiml, TWIML_CONTENT_TYPE } from '../twilio-integration/twiml.js';
import { notAForm } from './signed-requests.service.js';
import type { InboundSmsMetrics } from '../inbound-sms/inbound-sms.metrics.js';

/**
 * Twilio would send a plain-text answer to the customer as an SMS. So every answer below /webhooks/twilio, whether from a
 * guard, a parser or the framework's own 404, is TwiML that sends nothing; a comment gives the reason in Twilio's Debugger.
 */
export function answerTwilioInTwimlOnly(fastify: FastifyInstance, metrics: InboundSmsMetrics): void {
  fastify.addHook('onRequest', async (request) => {
    if (isForTwilio(request) && request.method === 'POST' && !isForm(request)) throw notAForm();
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!isForTwilio(request)) return payload;
    if (String(reply.getHeader('content-type')).startsWith('text/xml')) return payload;
    return toRefusal(readProblem(payload), reply, metrics);
  });
}

/** Answers what the router itself refuses, such as a URL that cannot be decoded: neither hooks nor filters see it. */
export function answerUnroutable(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: InboundSmsMetrics,
): void {
  const problem = toProblem(error);
  if (!isForTwilio(request)) return sendProblem(problem, request, reply);
  refuseInTwiml(problem, reply, metrics);
}

export function refuseInTwiml(problem: Problem, reply: FastifyReply, metrics: InboundSmsMetrics): void {
  setStatus(problem, reply);
  void reply.send(toRefusal(problem, reply, metrics));
}

/** Counts the refusal, sets the content type, and returns the body. */
function toRefusal(
  { errorCode, detail }: Pick<Problem, 'errorCode' | 'detail'>,
  reply: FastifyReply,
  metrics: InboundSmsMetrics,
): string {
  metrics.received(errorCode, 1);
  void reply.removeHeader('content-length').type(TWIML_CONTENT_TYPE);
  return refusalTwiml(detail);
}

const isForTwilio = ({ url }: FastifyRequest): boolean => url.startsWith('/webhooks/twilio');

export const isForm = ({ headers }: FastifyRequest): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');

function readProblem(payload: unknown): { errorCode: string; detail: string } {
  const unreadable = { errorCode: 'error', detail: 'The request was refused.' };
  if (typeof payload !== 'string' || !payload.startsWith('{')) return unreadable;
  return { ...unreadable, ...(JSON.parse(payload) as object) };
}
