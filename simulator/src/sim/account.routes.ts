import type { FastifyInstance } from 'fastify';
import { buildApplication } from '../account/application.ts';
import { buildMessagingService } from '../account/messaging-service.ts';
import { destinationOf } from '../inbound/destination.ts';
import { isAuthToken, newAuthToken } from '../settings.ts';
import type { Twilio } from '../twilio.ts';
import { isWebUrl } from '../webhook/address.ts';
import { Fields } from './fields.ts';
import { invalid, missing } from './sim-error.ts';

/** Stands in for Twilio's console: the account, its TwiML apps and Messaging Services, and the debugger. */
export function accountRoutes(app: FastifyInstance, { account, alerts, address }: Twilio) {
  const describe = () => ({
    accountSid: account.sid,
    friendlyName: account.friendlyName,
    simulatorUrl: address.url,
    numbers: [...account.numbers.values()].map((number) => {
      const { webhook, messagingServiceSid } = destinationOf(account, number);
      return { ...number, messagingServiceSid, deliversTo: webhook?.url ?? null };
    }),
    applications: [...account.applications.values()],
    services: [...account.services.values()],
    alerts: alerts.newestFirst().map(({ at, ...alert }) => ({ at: new Date(at).toISOString(), ...alert })),
  });

  app.get('/sim/v1/account', describe);
  /** Rotates the primary token. From now on the previous one is refused and no longer used for signatures. */
  app.put('/sim/v1/account', ({ body }) => {
    const fields = new Fields(body);
    const authToken = fields.text('authToken') ?? newAuthToken();
    fields.end();
    if (!isAuthToken(authToken)) throw invalid('authToken', 'must be 32 hex digits');
    account.authToken = authToken;
    account.onChange();
    return { accountSid: account.sid, authToken };
  });

  app.post('/sim/v1/applications', ({ body }, reply) => {
    const fields = new Fields(body);
    const application = buildApplication({
      friendlyName: fields.text('friendlyName') ?? 'TwiML app',
      smsUrl: readUrl(fields, 'smsUrl') ?? '',
    });
    fields.end();
    account.applications.set(application.sid, application);
    account.onChange();
    return reply.code(201).send(application);
  });

  app.post('/sim/v1/services', ({ body }, reply) => {
    const service = buildMessagingService({ friendlyName: 'Messaging Service', ...readService(new Fields(body)) });
    account.services.set(service.sid, service);
    account.onChange();
    return reply.code(201).send(service);
  });
  app.put<{ Params: { sid: string } }>('/sim/v1/services/:sid', ({ params, body }) => {
    const service = account.services.get(params.sid);
    if (!service) throw missing(`Messaging Service ${params.sid}`);
    Object.assign(service, readService(new Fields(body)), { updatedAt: Date.now() });
    account.onChange();
    return service;
  });
}

function readService(fields: Fields) {
  const given = {
    friendlyName: fields.text('friendlyName'),
    inboundRequestUrl: readUrl(fields, 'inboundRequestUrl'),
    fallbackUrl: readUrl(fields, 'fallbackUrl'),
    statusCallback: readUrl(fields, 'statusCallback'),
    useInboundWebhookOnNumber: fields.flag('useInboundWebhookOnNumber'),
    advancedOptOut: fields.flag('advancedOptOut'),
  };
  fields.end();
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

export function readUrl(fields: Fields, name: string): string | null | undefined {
  const url = fields.nullableText(name);
  if (url && !isWebUrl(url)) throw fields.invalid(name, 'must be an http(s) URL');
  return url;
}
