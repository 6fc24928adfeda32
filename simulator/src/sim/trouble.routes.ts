import type { FastifyInstance } from 'fastify';
import type { TroubleSettings } from '../records/trouble.ts';
import type { Twilio } from '../twilio.ts';
import { Fields } from './fields.ts';

const MOST_TIMES = 1_000_000;

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

/** Whatever is not named is switched off. */
function readTrouble(body: unknown): Partial<TroubleSettings> {
  const fields = new Fields(body);
  const settings: Partial<TroubleSettings> = {
    rest: (fields.list('rest', { most: 100 }) ?? []).map((one, index) => {
      const rest = new Fields(one, `rest[${index}]`);
      const read = {
        status: required(rest, 'status', 400, 599),
        times: rest.count('times', { most: MOST_TIMES }) ?? 1,
        path: rest.text('path'),
      };
      rest.end();
      return read;
    }),
    slowMs: fields.count('slowMs', { most: 60_000 }) ?? 0,
    sendErrors: optional(fields, 'sendErrors', (one) => ({
      code: required(one, 'code', 10_000, 99_999),
      times: one.count('times', { most: MOST_TIMES }) ?? 1,
    })),
    callbacks: optional(fields, 'callbacks', (one) => ({
      double: one.flag('double') ?? false,
      shuffle: one.flag('shuffle') ?? false,
      missing: one.flag('missing') ?? false,
    })) ?? { double: false, shuffle: false, missing: false },
    deliveryFails: optional(fields, 'deliveryFails', (one) => ({ code: required(one, 'code', 10_000, 99_999) })),
  };
  fields.end();
  return settings;
}

function optional<Value>(fields: Fields, name: string, read: (one: Fields) => Value): Value | null {
  const given = fields.any(name);
  if (given === undefined) return null;
  const one = new Fields(given, name);
  const value = read(one);
  one.end();
  return value;
}

function required(fields: Fields, name: string, least: number, most: number): number {
  const value = fields.count(name, { least, most });
  if (value === undefined) throw fields.invalid(name, 'is missing');
  return value;
}
