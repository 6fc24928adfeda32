import type { FastifyInstance } from 'fastify';
import type { PhoneNumber } from '../account/phone-number.ts';
import type { NewBurst } from '../burst/bursts.ts';
import type { Twilio } from '../twilio.ts';
import { Fields } from './fields.ts';
import { invalid, missing, SimError } from './sim-error.ts';
import { readNumber } from './sms.routes.ts';

const MAX_TEXTS = 100_000;
const MAX_CUSTOMERS = 10_000;
const MAX_CONCURRENCY = 256;
const HOUR_MS = 3_600_000;

export function burstsRoutes(app: FastifyInstance, twilio: Twilio) {
  const { bursts } = twilio;
  const find = (id: string) => {
    const burst = bursts.find(id);
    if (!burst) throw missing(`burst ${id}`);
    return burst;
  };

  app.post('/sim/v1/bursts', async ({ body }, reply) => {
    const { wait, ...options } = readBurst(body, twilio);
    const burst = bursts.start(options);
    if (wait) await burst.finished;
    return reply.code(wait ? 200 : 202).send(burst.report());
  });
  app.get('/sim/v1/bursts', () => ({
    bursts: bursts.newestFirst().map((burst) => burst.report({ perCustomer: false })),
  }));
  app.get<{ Params: { id: string }; Querystring: { perCustomer?: string } }>('/sim/v1/bursts/:id', (request) => {
    const { perCustomer } = request.query;
    return find(request.params.id).report(perCustomer === undefined ? {} : { perCustomer: perCustomer === 'true' });
  });
  app.delete<{ Params: { id: string } }>('/sim/v1/bursts/:id', async ({ params }) => {
    const burst = find(params.id);
    burst.stop();
    await burst.finished;
    return burst.report();
  });
}

function readBurst(body: unknown, twilio: Twilio): NewBurst & { wait: boolean } {
  const fields = new Fields(body);
  const trouble = fields.object('trouble');
  const share = (name: string) => trouble.number(name, { max: 1 }) ?? 0;
  const count = fields.integer('count', { min: 1, max: MAX_TEXTS });
  if (count === undefined) throw invalid('count', 'is missing');
  const options = {
    count,
    customers: fields.integer('customers', { min: 1, max: MAX_CUSTOMERS }) ?? Math.min(count, 10),
    to: readNumbers(fields, twilio),
    ratePerSecond: fields.number('ratePerSecond', { min: 0.01, max: MAX_TEXTS }),
    seed: fields.integer('seed', { max: 2 ** 31 }),
    concurrency: fields.integer('concurrency', { min: 1, max: MAX_CONCURRENCY }) ?? 64,
    trouble: {
      duplicateShare: share('duplicateShare'),
      shuffleShare: share('shuffleShare'),
      wrongSignatureShare: share('wrongSignatureShare'),
    },
    untilAccepted: fields.flag('untilAccepted') ?? false,
    deadlineMs: fields.integer('deadlineMs', { min: 1, max: HOUR_MS }) ?? 120_000,
    wait: fields.flag('wait') ?? false,
  };
  trouble.end();
  fields.end();
  const { duplicateShare, wrongSignatureShare } = options.trouble;
  if (duplicateShare + wrongSignatureShare > 1) {
    throw invalid('trouble', 'is too much: duplicateShare and wrongSignatureShare add up to more than 1');
  }
  return options;
}

/** `to` is one number or a list; by default, the first number whose webhook is on this machine. */
function readNumbers(fields: Fields, twilio: Twilio): PhoneNumber[] {
  const to = fields.any('to');
  if (to !== undefined) return [to].flat().map((number) => readNumber(twilio, number as string, 'to'));
  const [first] = twilio.bursts.reachableNumbers();
  if (first) return [first];
  throw new SimError(
    409,
    'no_webhook',
    'No number has a webhook on this machine yet; set one, or name a number in "to".',
    'to',
  );
}
