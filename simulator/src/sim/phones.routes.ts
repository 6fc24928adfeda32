import type { FastifyInstance } from 'fastify';
import type { Message } from '../message/message.ts';
import type { Twilio } from '../twilio.ts';
import { Fields } from './fields.ts';
import { invalid } from './sim-error.ts';

const MAX_LIMIT = 10_000;
const DEFAULT_PHONES = 100;
const DEFAULT_MESSAGES = 1_000;

interface Route {
  Params: { number: string };
  Querystring: { limit?: string };
}

export function phonesRoutes(app: FastifyInstance, twilio: Twilio) {
  const { phones, messages } = twilio;
  app.get<Route>('/sim/v1/phones', ({ query }) => phones.list(readLimit(query.limit) ?? DEFAULT_PHONES));
  app.post('/sim/v1/phones', ({ body }, reply) => {
    const fields = new Fields(body);
    const phoneNumber = fields.requiredText('phoneNumber');
    const name = fields.text('name', { maxLength: 40 }) || phoneNumber;
    fields.end();
    if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) throw invalid('phoneNumber', 'must look like +15005550101');
    twilio.changes.notify('messages');
    return reply.code(201).send(phones.name(phoneNumber, name));
  });
  app.get<Route>('/sim/v1/phones/:number/messages', ({ params, query }) => {
    const thread = messages.threadOf(phoneNumberOf(params.number));
    const newest = thread.slice(-(readLimit(query.limit) ?? DEFAULT_MESSAGES));
    return { total: thread.length, messages: newest.map((message) => present(message, twilio)) };
  });
}

/** The `+` in a path may be missing, or decoded as a space. */
export const phoneNumberOf = (text: string) => text.trim().replace(/^(?=[1-9]\d{6,14}$)/, '+');

function readLimit(limit: string | undefined): number | undefined {
  if (limit === undefined) return undefined;
  const number = Number(limit);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_LIMIT) return number;
  throw invalid('limit', `must be a whole number from 1 to ${MAX_LIMIT}`);
}

const present = (message: Message, { media }: Twilio) => ({
  messageSid: message.sid,
  direction: message.direction,
  from: message.from,
  to: message.to,
  body: message.body,
  numSegments: message.numSegments,
  media: media.listOf(message.sid).map(({ sid, contentType, content, cdnKey }) => ({
    contentType,
    url: content instanceof URL ? content.href : `/cdn/${sid}/${cdnKey}`,
  })),
  status: message.status,
  errorCode: message.errorCode,
  errorMessage: message.errorMessage,
  at: new Date(message.createdAt).toISOString(),
  ...(message.direction === 'inbound' && { deliveries: message.deliveries }),
});
