import type { FastifyInstance } from 'fastify';
import type { Twilio } from '../twilio.ts';
import { accountRoutes } from './account.routes.ts';
import { burstsRoutes } from './bursts.routes.ts';
import { numbersRoutes } from './numbers.routes.ts';
import { phonesRoutes } from './phones.routes.ts';
import { requestsRoutes } from './requests.routes.ts';
import { SimError } from './sim-error.ts';
import { smsRoutes } from './sms.routes.ts';
import { streamRoutes } from './stream.routes.ts';
import { troubleRoutes } from './trouble.routes.ts';

/** The simulator's own API: what Twilio has no API for, such as phones and trouble. */
export async function simRoutes(app: FastifyInstance, twilio: Twilio) {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof SimError ? error.status : (error.statusCode ?? 500);
    return reply
      .code(status)
      .send(error instanceof SimError ? error.toJSON() : { error: 'failed', message: error.message });
  });
  accountRoutes(app, twilio);
  burstsRoutes(app, twilio);
  numbersRoutes(app, twilio);
  phonesRoutes(app, twilio);
  requestsRoutes(app, twilio);
  smsRoutes(app, twilio);
  streamRoutes(app, twilio);
  troubleRoutes(app, twilio);
}
