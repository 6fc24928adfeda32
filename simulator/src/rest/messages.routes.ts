import type { FastifyInstance } from 'fastify';
import type { Message } from '../message/message.ts';
import type { Twilio } from '../twilio.ts';
import { dateSentFilter } from './date-sent.ts';
import { DroppedConnection } from './dropped-connection.ts';
import { itemsAfterIn, page2010, type Query } from './page.ts';
import { accountPath, presentMedia, presentMessage } from './presenters.ts';
import { sendMessage } from './send-message.ts';
import { textOf, type FormBody } from './sms-settings.ts';
import { badRequest, notFound, troubleError } from './twilio-error.ts';

interface Route {
  Params: { sid: string; mediaSid: string };
  Querystring: Query;
  Body: FormBody | null;
}

export function messagesRoutes(app: FastifyInstance, twilio: Twilio) {
  const { account, messages, media, trouble } = twilio;
  const path = `${accountPath(account.sid)}/Messages`;
  const present = presentMessage(account.sid);
  const find = ({ params, url }: { params: Route['Params']; url: string }): Message => {
    const message = messages.find(params.sid);
    if (!message) throw notFound(url);
    return message;
  };
  const findMedia = ({ params, url }: { params: Route['Params']; url: string }) => {
    const found = media.find(params.sid, params.mediaSid);
    if (!found) throw notFound(url);
    return found;
  };

  app.post<Route>(`${path}.json`, (request, reply) => {
    if (trouble.takeSend('dropped')) throw new DroppedConnection('the connection broke before a message was created');
    const refused = trouble.takeSend('refused');
    if (refused) throw troubleError(refused);
    const message = sendMessage(twilio, request.body ?? {});
    if (trouble.takeSend('lostAnswers'))
      throw new DroppedConnection('the connection broke after the message was created', message.sid);
    const broken = trouble.takeSend('createdThen5xx');
    if (broken) throw troubleError(broken);
    return reply.code(201).send(present(message));
  });
  app.get<Route>(`${path}.json`, ({ query }) => {
    const matches = matching(query);
    const found = function* (afterSid?: string) {
      for (const message of messages.newestFirst(afterSid)) if (matches(message)) yield message;
    };
    return page2010(`${path}.json`, query, 'messages', found, present);
  });
  app.get<Route>(`${path}/:sid.json`, (request) => present(find(request)));
  app.post<Route>(`${path}/:sid.json`, (request) => {
    const message = find(request);
    // The only change of a body that Twilio allows is redaction.
    if (textOf(request.body?.Body)) throw badRequest(20001, 'Body can only be set to an empty string');
    if (request.body?.Body !== undefined) messages.update(message, { body: '' });
    return present(message);
  });
  app.delete<Route>(`${path}/:sid.json`, (request, reply) => {
    const message = find(request);
    media.removeOf(message.sid);
    messages.remove(message);
    return reply.code(204).send();
  });

  app.get<Route>(`${path}/:sid/Media.json`, (request) => {
    const all = media.listOf(find(request).sid);
    return page2010(
      `${path}/${request.params.sid}/Media.json`,
      request.query,
      'media_list',
      itemsAfterIn(all),
      presentMedia(account.sid),
    );
  });
  app.get<Route>(`${path}/:sid/Media/:mediaSid.json`, (request) => presentMedia(account.sid)(findMedia(request)));
  app.get<Route>(`${path}/:sid/Media/:mediaSid`, (request, reply) => {
    const { sid, cdnKey } = findMedia(request);
    return reply.redirect(`${twilio.address.url}/cdn/${sid}/${cdnKey}`, 307);
  });
  for (const suffix of ['', '.json']) {
    app.delete<Route>(`${path}/:sid/Media/:mediaSid${suffix}`, (request, reply) => {
      media.remove(findMedia(request));
      return reply.code(204).send();
    });
  }
}

function matching(query: Query) {
  const isSentThen = dateSentFilter(query);
  return ({ to, from, sentAt, createdAt }: Message) =>
    (!query.To || to === query.To) && (!query.From || from === query.From) && isSentThen(sentAt ?? createdAt);
}
