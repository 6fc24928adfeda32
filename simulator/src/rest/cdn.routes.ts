import type { FastifyInstance } from 'fastify';
import { contentOf } from '../message/media-content.ts';
import type { Twilio } from '../twilio.ts';
import { logRequest } from './log-request.ts';

/** The REST API redirects here for the bytes of media. No credentials are needed: the address itself is the secret. */
export function cdnRoutes(app: FastifyInstance, twilio: Twilio) {
  app.addHook('onSend', async (request, reply, payload) => {
    const responseBody = typeof payload === 'string' ? payload : '';
    logRequest(twilio, request, { status: reply.statusCode, ms: reply.elapsedTime, responseBody });
    return payload;
  });
  app.setErrorHandler((error: Error, _request, reply) =>
    reply.code(502).type('text/plain').send(`The simulator cannot fetch this: ${error.message}`),
  );
  app.get<{ Params: { sid: string; cdnKey: string } }>('/cdn/:sid/:cdnKey', async ({ params }, reply) => {
    const found = twilio.media.findByCdnKey(params.sid, params.cdnKey);
    if (!found) return reply.code(404).type('text/plain').send('Not found');
    return reply
      .type(found.contentType)
      .header('content-disposition', 'attachment')
      .header('x-content-type-options', 'nosniff')
      .send(await contentOf(found));
  });
}
