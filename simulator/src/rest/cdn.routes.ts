import type { FastifyInstance } from 'fastify';
import type { Twilio } from '../twilio.ts';

/** Where the REST API redirects to for the bytes of an MMS: no credentials, the address itself is the secret. */
export function cdnRoutes(app: FastifyInstance, { media }: Twilio) {
  app.get<{ Params: { sid: string; cdnKey: string } }>('/cdn/:sid/:cdnKey', ({ params }, reply) => {
    const found = media.findByCdnKey(params.sid, params.cdnKey);
    if (!found || found.content instanceof URL) return reply.code(404).type('text/plain').send('Not found');
    return reply
      .type(found.contentType)
      .header('content-disposition', 'attachment')
      .header('x-content-type-options', 'nosniff')
      .send(found.content);
  });
}
