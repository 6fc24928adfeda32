import { type INestApplicationContext, Logger, NotFoundException } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { IncomingMessage, RequestListener } from 'node:http';
import { Problem } from '../common/problem.js';
import { RETRY_AFTER_S, toProblem } from '../common/problem-details.filter.js';
import { SAFE_HEADERS } from '../common/safe-headers.js';
import { EMPTY_TWIML, refusalTwiml, TWIML_CONTENT_TYPE } from '../twilio-integration/twiml.js';
import { IntakeService, overloaded } from '../inbound-sms/intake.service.js';
import { notAForm, SignedRequestsService, type WebhookRequest } from './signed-requests.service.js';
import { isForm, refuseInTwiml } from './twiml-only.js';
import { InboundSmsMetrics } from '../inbound-sms/inbound-sms.metrics.js';

const PATH = '/webhooks/twilio/sms/';
const SMS_WEBHOOK = new RegExp(`^${PATH}[^/?]*([?]|$)`);

/** Built once: under overload every refusal delays the answers that others wait for. */
const OVERLOADED = overloaded();
const OVERLOADED_BODY = refusalTwiml(OVERLOADED.detail);
const OVERLOADED_HEADERS = {
  ...SAFE_HEADERS,
  'retry-after': RETRY_AFTER_S,
  'content-type': TWIML_CONTENT_TYPE,
  'content-length': Buffer.byteLength(OVERLOADED_BODY),
};

/** Whether the intake route answers this request; the application answers all other requests below its path. */
export const isSmsWebhook = ({ method, url }: IncomingMessage): boolean =>
  method === 'POST' && SMS_WEBHOOK.test(url ?? '');

/**
 * Serves the URL to which Twilio posts every SMS; `key` is the entry point's. It is a Fastify of its own without the layers
 * that browsers and people need, because they cost more than everything done for an SMS
 * (docs/decisions/0012-an-intake-route-without-nest.md).
 * @param formLimit bytes
 */
export async function openIntakeRoute(app: INestApplicationContext, formLimit: number): Promise<RequestListener> {
  const requests = app.get(SignedRequestsService);
  const intake = app.get(IntakeService);
  const metrics = app.get(InboundSmsMetrics);
  const logger = new Logger('Intake');

  const refuse = (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = toProblem(error);
    if (problem.getStatus() >= 500 && !(error instanceof Problem)) {
      logger.error({ err: error, traceId: request.id }, 'An SMS was refused');
    }
    refuseInTwiml(problem, reply, metrics);
  };
  const route = fastify({ bodyLimit: formLimit, exposeHeadRoutes: false, frameworkErrors: refuse });
  route.setErrorHandler(refuse);
  route.setNotFoundHandler((request, reply) => refuse(new NotFoundException(), request, reply));
  route.removeAllContentTypeParsers();
  // Raw, because Twilio's signature covers every byte of the form as it was sent.
  route.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  route.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SAFE_HEADERS);
    done(isForm(request) ? undefined : notAForm());
  });
  route.post(`${PATH}:key`, async (request: WebhookRequest, reply) => {
    await intake.accept(await requests.verify(request));
    void reply.type(TWIML_CONTENT_TYPE);
    return EMPTY_TWIML;
  });
  await route.ready();
  return (request, response) => {
    if (!intake.isFull) return route.routing(request, response);
    metrics.received(OVERLOADED.errorCode, 1);
    response.writeHead(OVERLOADED.getStatus(), OVERLOADED_HEADERS).end(OVERLOADED_BODY);
  };
}
