import { type EntityManager, In } from 'typeorm';
import { newId } from '../common/ids.js';
import { typeOfName } from './media-types.js';
import { MessageMedia } from './message-media.entity.js';

/** A message that was just added, with the media that Twilio announced. */
export interface MessageWithMedia {
  accountId: string;
  contactId: string;
  messageId: string;
  media: { url: string; contentType: string }[];
}

/**
 * Adds the pictures and files of new messages as pending, in the caller's transaction.
 * @returns their ids, to be enqueued after the commit
 */
export async function insertPendingMedia(manager: EntityManager, messages: MessageWithMedia[]): Promise<string[]> {
  const rows = messages.flatMap(({ media, ...message }) =>
    media.map(({ url, contentType }, place) => ({ ...message, place, url, contentType })),
  );
  return insertMedia(manager, 'pending', rows);
}

export interface LinkedMedia {
  accountId: string;
  contactId: string;
  messageId: string;
  place: number;
  /** As the agent gave it. */
  url: string;
}

/** Adds media that an agent sends by URL. Twilio fetches them from there; the service never does. */
export async function insertLinkedMedia(manager: EntityManager, rows: LinkedMedia[]): Promise<void> {
  const typed = rows.map((row) => ({ ...row, contentType: typeOfName(new URL(row.url).pathname) }));
  await insertMedia(manager, 'linked', typed);
}

async function insertMedia(
  manager: EntityManager,
  state: 'pending' | 'linked',
  rows: (LinkedMedia & { contentType: string })[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(() => newId());
  await manager.query(
    `INSERT INTO message_media (id, account_id, contact_id, message_id, place, source_url, content_type, state)
     SELECT *, $8 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[])`,
    [
      ids,
      rows.map(({ accountId }) => accountId),
      rows.map(({ contactId }) => contactId),
      rows.map(({ messageId }) => messageId),
      rows.map(({ place }) => place),
      rows.map(({ url }) => url),
      rows.map(({ contentType }) => contentType),
      state,
    ],
  );
  return ids;
}

/** The pictures and files of these messages in order, by message id; a message without any has no entry. */
export async function findMediaOf(
  manager: EntityManager,
  accountId: string,
  messageIds: string[],
): Promise<Map<string, MessageMedia[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await manager.find(MessageMedia, {
    where: { accountId, messageId: In(messageIds) },
    order: { messageId: 'ASC', place: 'ASC' },
  });
  return Map.groupBy(rows, ({ messageId }) => messageId);
}
