import type { FastifyInstance } from 'fastify';
import { asCurl } from '../records/wire-log.ts';
import type { Twilio } from '../twilio.ts';
import { invalid } from './sim-error.ts';

interface Route {
  Querystring: { direction?: string; path?: string; messageSid?: string; after?: string; limit?: string };
}

/** The wire log, newest last. */
export function requestsRoutes(app: FastifyInstance, { wireLog }: Twilio) {
  app.get<Route>('/sim/v1/requests', ({ query }) => {
    const { direction, path, messageSid } = query;
    if (direction && direction !== 'in' && direction !== 'out') {
      throw invalid('direction', 'must be in (to the REST API) or out (webhooks)');
    }
    const found = wireLog.list({ direction, path, messageSid, afterId: wholeNumber('after', query.after) });
    const limit = wholeNumber('limit', query.limit) ?? found.length;
    return {
      requests: found.slice(Math.max(0, found.length - limit)).map(({ at, ms, ...entry }) => ({
        ...entry,
        at: new Date(at).toISOString(),
        ms: Math.round(ms * 10) / 10,
        curl: asCurl({ at, ms, ...entry }),
      })),
    };
  });
}

function wholeNumber(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw invalid(field, 'must be a whole number');
}
