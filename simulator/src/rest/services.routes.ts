import type { FastifyInstance } from 'fastify';
import type { MessagingService } from '../account/messaging-service.ts';
import type { Twilio } from '../twilio.ts';
import { isWebUrl } from '../webhook/address.ts';
import { itemsAfterIn, pageV1, type Query } from './page.ts';
import { presentService, presentServiceNumber } from './presenters.ts';
import { textOf, type FormBody } from './sms-settings.ts';
import { badRequest, notFound } from './twilio-error.ts';

interface Route {
  Params: { sid: string };
  Querystring: Query;
  Body: FormBody | null;
}

/** https://www.twilio.com/docs/messaging/api/service-resource */
export function servicesRoutes(app: FastifyInstance, { account, address }: Twilio) {
  const present = (service: MessagingService) => presentService(account.sid, address.url)(service);
  const find = (sid: string, url: string) => {
    const service = account.services.get(sid);
    if (!service) throw notFound(url);
    return service;
  };

  app.get<Route>('/v1/Services', ({ query }) =>
    pageV1(`${address.url}/v1/Services`, query, 'services', itemsAfterIn([...account.services.values()]), present),
  );
  app.get<Route>('/v1/Services/:sid', ({ params, url }) => present(find(params.sid, url)));
  app.post<Route>('/v1/Services/:sid', ({ params, url, body }) => {
    const service = find(params.sid, url);
    Object.assign(service, changesOf(body ?? {}), { updatedAt: Date.now() });
    account.onChange();
    return present(service);
  });
  app.get<Route>('/v1/Services/:sid/PhoneNumbers', ({ params, url, query }) => {
    const service = find(params.sid, url);
    const members = account.list('number').filter((number) => service.phoneNumbers.includes(number.phoneNumber));
    const self = `${address.url}/v1/Services/${service.sid}/PhoneNumbers`;
    return pageV1(
      self,
      query,
      'phone_numbers',
      itemsAfterIn(members),
      presentServiceNumber(account.sid, address.url, service),
    );
  });
}

function changesOf(body: FormBody): Partial<MessagingService> {
  const changes: Partial<MessagingService> = {};
  const url = textOf(body.InboundRequestUrl);
  if (url && !isWebUrl(url)) throw badRequest(21402, `InboundRequestUrl is not a valid URL: ${url}`);
  if (url !== undefined) changes.inboundRequestUrl = url || null;
  const onNumber = textOf(body.UseInboundWebhookOnNumber);
  if (onNumber !== undefined) changes.useInboundWebhookOnNumber = onNumber === 'true';
  if (body.FriendlyName !== undefined) changes.friendlyName = textOf(body.FriendlyName)!;
  return changes;
}
