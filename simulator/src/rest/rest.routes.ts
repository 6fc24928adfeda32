import formbody from '@fastify/formbody';
import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Twilio } from '../twilio.ts';
import { DroppedConnection } from './dropped-connection.ts';
import { logRequest } from './log-request.ts';
import { messagesRoutes } from './messages.routes.ts';
import { numbersRoutes } from './numbers.routes.ts';
import { servicesRoutes } from './services.routes.ts';
import { notFound, troubleError, TwilioError } from './twilio-error.ts';

/** Twilio's REST API. Trouble applies before authentication, and every request is in the wire log. */
export async function restRoutes(app: FastifyInstance, twilio: Twilio) {
  const { account, trouble } = twilio;
  await app.register(formbody);

  app.addHook('onRequest', async (request) => {
    const { slowMs } = trouble.settings;
    if (slowMs) await wait(slowMs);
    const refused = trouble.takeRest(request.url);
    if (refused) throw troubleError(refused);
    if (!isAuthorized(request.headers.authorization, account.sid, account.authToken)) throw new TwilioError(401, 20003);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    logRequest(twilio, request, {
      status: reply.statusCode,
      ms: reply.elapsedTime,
      responseBody: typeof payload === 'string' ? payload : '',
    });
    return payload;
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof DroppedConnection) {
      const { message, messageSid } = error;
      logRequest(twilio, request, { status: 0, ms: reply.elapsedTime, responseBody: '', error: message, messageSid });
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return;
    }
    const known = error instanceof TwilioError ? error : undefined;
    const status = known?.status ?? error.statusCode ?? 500;
    if (status === 429) reply.header('retry-after', known?.retryAfterSeconds ?? 1);
    if (status === 401) reply.header('www-authenticate', 'Basic realm="Twilio API"');
    return reply.code(status).send((known ?? new TwilioError(status, status * 100, error.message)).toJSON());
  });

  numbersRoutes(app, twilio);
  messagesRoutes(app, twilio);
  servicesRoutes(app, twilio);
  for (const path of ['/2010-04-01/*', '/v1/*']) {
    app.all(path, (request) => {
      throw notFound(request.url);
    });
  }
}

function isAuthorized(header: string | undefined, accountSid: string, authToken: string): boolean {
  if (!header?.startsWith('Basic ')) return false;
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const given = Buffer.from(header.slice('Basic '.length), 'base64').toString();
  return timingSafeEqual(hash(given), hash(`${accountSid}:${authToken}`));
}
