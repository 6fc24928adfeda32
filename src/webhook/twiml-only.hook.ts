import type { FastifyInstance } from 'fastify';
import { refusalTwiml, TWIML_CONTENT_TYPE } from '../twilio-integration/twiml.js';
import type { WebhookMetrics } from './webhook.metrics.js';

/**
 * Twilio sends a plain-text answer to the customer as an SMS. So whatever answers below /webhooks/twilio (a guard, a
 * parser, the framework's own 404) leaves as TwiML that sends nothing, its reason in a comment for Twilio's Debugger.
 */
export function answerTwilioInTwimlOnly(fastify: FastifyInstance, metrics: WebhookMetrics): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.startsWith('/webhooks/twilio')) return payload;
    if (String(reply.getHeader('content-type')).startsWith('text/xml')) return payload;
    const { errorCode, detail } = readProblem(payload);
    metrics.received(errorCode, 1);
    void reply.removeHeader('content-length').type(TWIML_CONTENT_TYPE);
    return refusalTwiml(detail);
  });
}

function readProblem(payload: unknown): { errorCode: string; detail: string } {
  const unreadable = { errorCode: 'error', detail: 'The request was refused.' };
  if (typeof payload !== 'string' || !payload.startsWith('{')) return unreadable;
  return { ...unreadable, ...(JSON.parse(payload) as object) };
}
