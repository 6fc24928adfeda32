import type { FastifyInstance } from 'fastify';
import type { PhoneNumber } from '../account/phone-number.ts';
import type { Twilio } from '../twilio.ts';
import { itemsAfterIn, page2010, type Query } from './page.ts';
import { accountPath, presentAccount, presentNumber, presentShortCode } from './presenters.ts';
import { smsSettingsOf, type FormBody } from './sms-settings.ts';
import { notFound } from './twilio-error.ts';

interface Route {
  Params: { sid: string };
  Querystring: Query;
  Body: FormBody | null;
}

export function numbersRoutes(app: FastifyInstance, { account }: Twilio) {
  const base = accountPath(account.sid);
  app.get(`${base}.json`, () => presentAccount(account));

  const resources = [
    { kind: 'number', path: `${base}/IncomingPhoneNumbers`, key: 'incoming_phone_numbers', present: presentNumber },
    { kind: 'short_code', path: `${base}/SMS/ShortCodes`, key: 'short_codes', present: presentShortCode },
  ] as const;

  for (const { kind, path, key, present } of resources) {
    const presentOne = present(account.sid) as (number: PhoneNumber) => object;
    const find = (sid: string, url: string) => {
      const number = account.findBySid(kind, sid);
      if (!number) throw notFound(url);
      return number;
    };
    app.get<Route>(`${path}.json`, ({ query }) =>
      page2010(`${path}.json`, query, key, itemsAfterIn(account.list(kind).filter(matching(query))), presentOne),
    );
    app.get<Route>(`${path}/:sid.json`, ({ params, url }) => presentOne(find(params.sid, url)));
    app.post<Route>(`${path}/:sid.json`, ({ params, url, body }) => {
      const number = find(params.sid, url);
      account.update(number, smsSettingsOf(body ?? {}, account));
      return presentOne(number);
    });
  }
}

/** As at Twilio, a part of the number matches, but only the whole name does. */
const matching =
  ({ PhoneNumber, ShortCode, FriendlyName }: Query) =>
  (number: PhoneNumber) =>
    number.phoneNumber.includes((PhoneNumber ?? ShortCode ?? '').replace(/[*%]/g, '')) &&
    (!FriendlyName || number.friendlyName === FriendlyName);
