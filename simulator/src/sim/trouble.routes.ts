import type { FastifyInstance } from 'fastify';
import { noSendTrouble, noTextTrouble, noCallbackTrouble, type TroubleSettings } from '../records/trouble.ts';
import type { Twilio } from '../twilio.ts';
import { Fields } from './fields.ts';
import { readTextTrouble } from './text-trouble.ts';

const MAX_TIMES = 1_000_000;
const MAX_DELAY_MS = 60_000;

export function troubleRoutes(app: FastifyInstance, { trouble }: Twilio) {
  app.get('/sim/v1/trouble', () => trouble.settings);
  app.put('/sim/v1/trouble', ({ body }) => {
    trouble.set(readTrouble(body));
    return trouble.settings;
  });
  app.delete('/sim/v1/trouble', (_request, reply) => {
    trouble.set({});
    return reply.code(204).send();
  });
}

/** Trouble that is not in the body is switched off. */
function readTrouble(body: unknown): Partial<TroubleSettings> {
  const fields = new Fields(body);
  const settings: Partial<TroubleSettings> = {
    texts: optional(fields, 'texts', readTextTrouble) ?? noTextTrouble(),
    rest: (fields.list('rest', { max: 100 }) ?? []).map((one, index) => {
      const rest = new Fields(one, `rest[${index}]`);
      const read = { ...readRefusal(rest), path: rest.text('path') };
      rest.end();
      return read;
    }),
    slowMs: fields.integer('slowMs', { max: MAX_DELAY_MS }) ?? 0,
    send: optional(fields, 'send', readSend) ?? noSendTrouble(),
    sendErrors: optional(fields, 'sendErrors', (one) => ({
      code: required(one, 'code', 10_000, 99_999),
      ...readTimes(one),
    })),
    callbacks: optional(fields, 'callbacks', readCallbacks) ?? noCallbackTrouble(),
    deliveryFails: optional(fields, 'deliveryFails', (one) => ({
      code: required(one, 'code', 10_000, 99_999),
      status: one.oneOf('status', ['undelivered', 'failed']) ?? 'undelivered',
    })),
  };
  fields.end();
  return settings;
}

const readSend = (send: Fields): TroubleSettings['send'] => ({
  dropped: optional(send, 'dropped', readTimes),
  refused: optional(send, 'refused', readRefusal),
  lostAnswers: optional(send, 'lostAnswers', readTimes),
  createdThen5xx: optional(send, 'createdThen5xx', (one) => ({
    status: one.integer('status', { min: 500, max: 599 }) ?? 500,
    ...readTimes(one),
  })),
});

const readCallbacks = (one: Fields): TroubleSettings['callbacks'] => ({
  double: one.flag('double') ?? false,
  shuffle: one.flag('shuffle') ?? false,
  missing: one.flag('missing') ?? false,
  sending: one.flag('sending') ?? false,
  delayMs: one.integer('delayMs', { max: MAX_DELAY_MS }) ?? 0,
});

const readTimes = (one: Fields) => ({ times: one.integer('times', { max: MAX_TIMES }) ?? 1 });

const readRefusal = (one: Fields) => ({
  status: required(one, 'status', 400, 599),
  ...readTimes(one),
  retryAfterSeconds: one.integer('retryAfterSeconds', { max: 3_600 }),
});

function optional<Value>(fields: Fields, name: string, read: (one: Fields) => Value): Value | null {
  if (fields.any(name) === undefined) return null;
  const one = fields.object(name);
  const value = read(one);
  one.end();
  return value;
}

function required(fields: Fields, name: string, min: number, max: number): number {
  const value = fields.integer(name, { min, max });
  if (value === undefined) throw fields.invalid(name, 'is missing');
  return value;
}
