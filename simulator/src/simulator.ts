import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { pageRoutes } from './page.routes.ts';
import { cdnRoutes } from './rest/cdn.routes.ts';
import { restRoutes } from './rest/rest.routes.ts';
import { readSettings, type Settings } from './settings.ts';
import { simRoutes } from './sim/sim.routes.ts';
import { buildTwilio } from './twilio.ts';

export interface RunningSimulator {
  url: string;
  accountSid: string;
  authToken: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Port 0 takes a free port. Settings that are not given have their defaults; the environment is not read. */
export async function startSimulator(options: Partial<Settings> = {}): Promise<RunningSimulator> {
  const settings = { ...readSettings({}), ...options };
  const twilio = buildTwilio(settings);
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });

  // A foreign web page may resolve its own host name to 127.0.0.1 (DNS rebinding); it must not reach the token that way.
  app.addHook('onRequest', async (request, reply) => {
    if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(request.hostname)) return;
    return reply
      .code(403)
      .send({ error: 'forbidden', message: 'The simulator answers only requests from this machine.' });
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  await app.register(async (scope) => restRoutes(scope, twilio));
  await app.register(async (scope) => simRoutes(scope, twilio));
  await app.register(async (scope) => cdnRoutes(scope, twilio));
  pageRoutes(app);

  await app.listen({ port: settings.port, host: settings.host });
  const { port } = app.server.address() as AddressInfo;
  twilio.address.url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  return {
    url: twilio.address.url,
    accountSid: twilio.account.sid,
    // It may have been rotated since the start.
    get authToken() {
      return twilio.account.authToken;
    },
    async close() {
      twilio.close();
      await app.close();
    },
  };
}
