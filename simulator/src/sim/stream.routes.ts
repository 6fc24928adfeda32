import type { FastifyInstance } from 'fastify';
import type { Twilio } from '../twilio.ts';

const HEARTBEAT_MS = 15_000;

/** Server-sent events that name what changed; the page then fetches it. */
export function streamRoutes(app: FastifyInstance, { changes }: Twilio) {
  app.get('/sim/v1/stream', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write('retry: 1000\n\n');
    const stop = changes.listen((topics) => raw.write(`event: change\ndata: ${JSON.stringify(topics)}\n\n`));
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    request.raw.once('close', () => {
      clearInterval(heartbeat);
      stop();
    });
  });
}
