import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { asCurl, type WireEntry } from '../records/wire-log.ts';
import type { Twilio } from '../twilio.ts';
import type { Form } from '../webhook/form.ts';
import { Fields } from './fields.ts';
import { invalid, missing } from './sim-error.ts';

interface Route {
  Querystring: { direction?: string; path?: string; messageSid?: string; after?: string; limit?: string };
}

export function requestsRoutes(app: FastifyInstance, { wireLog, webhooks }: Twilio) {
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

  /** Sends the webhook again, signed again; `form` replaces its parameters. */
  app.post<{ Params: { id: string } }>('/sim/v1/requests/:id/resend', async ({ params, body }) => {
    const entry = wireLog.find(Number(params.id));
    if (entry?.direction !== 'out') throw missing(`webhook ${params.id} in the wire log`);
    const fields = new Fields(body ?? {});
    const form = readForm(fields) ?? formOf(entry);
    const wrongSignature = fields.flag('wrongSignature') ?? false;
    fields.end();
    const url = entry.method === 'GET' ? entry.url.split('?')[0]! : entry.url;
    const { status, ms, error } = await webhooks.call({
      webhook: { url, method: entry.method },
      form,
      messageSid: form.find(([name]) => name === 'MessageSid')?.[1] ?? '',
      idempotencyToken: randomUUID(),
      wrongSignature,
    });
    return { status, ms: Math.round(ms * 10) / 10, error };
  });
}

/** The parameters are pairs, since a name may repeat and their order matters. */
function readForm(fields: Fields): Form | undefined {
  const pairs = fields.list('form', { max: 200 });
  const isForm = pairs?.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText)) ?? true;
  if (!isForm) throw invalid('form', 'must be pairs of strings, such as [["Body", "Hi"]]');
  return pairs as Form | undefined;
}

const isText = (value: unknown) => typeof value === 'string';

const formOf = ({ method, url, body }: WireEntry): Form => [
  ...new URLSearchParams(method === 'GET' ? new URL(url).search : body),
];

function wholeNumber(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw invalid(field, 'must be a whole number');
}
