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

/** Starts Twilio on this machine; port 0 takes a free one. What is not given is as in the environment's defaults. */
export async function startSimulator(options: Partial<Settings> = {}): Promise<RunningSimulator> {
  const settings = { ...readSettings({}), ...options };
  const twilio = buildTwilio(settings);
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });

  // A web page elsewhere may point its own name at 127.0.0.1; it must not get to the token that way.
  app.addHook('onRequest', async (request, reply) => {
    if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(request.hostname)) return;
    return reply.code(403).send({ error: 'forbidden', message: 'The simulator answers only to this machine.' });
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
    // Later than the start it may have been rotated.
    get authToken() {
      return twilio.account.authToken;
    },
    async close() {
      twilio.close();
      await app.close();
    },
  };
}
