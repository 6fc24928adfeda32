import type { EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import { countSegments } from '../common/segments.js';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';
import type { Contact } from '../contacts/contact.entity.js';
import { insertOutboundMessage, type NewOutboundMessage } from '../contacts/outbound-messages.queries.js';
import { insertLinkedMedia } from '../media/media.queries.js';
import { sendUploads } from '../media/media-uploads.queries.js';

/** Twilio itself drops a message that is queued for longer. */
const GIVE_UP_AFTER = "interval '4 hours'";

export interface NewOutboundSms {
  contact: Pick<Contact, 'id' | 'accountId' | 'ani' | 'dnis'>;
  origin: NewOutboundMessage['origin'];
  body: string;
  agentId?: string | null;
  mediaUrls?: string[];
  /** Uploads, sent after the files at `mediaUrls`. */
  mediaIds?: string[];
  /** The Idempotency-Key with a hash of its request: the same key never adds a second message. */
  idempotency?: { key: string; requestHash: string } | null;
}

/**
 * Adds a message to the thread and a row to be sent, in the caller's transaction. After the commit the caller notifies the
 * publisher and enqueues the sending number.
 */
export async function addOutboundSms(
  manager: EntityManager,
  { contact, origin, body, agentId = null, mediaUrls = [], mediaIds = [], idempotency = null }: NewOutboundSms,
): Promise<{ messageId: string; sendingNumberId: string }> {
  const { id: contactId, accountId, ani, dnis } = contact;
  const messageId = newId();
  const { segments } = countSegments(body);
  const idempotencyKey = idempotency?.key ?? null;
  const message = { id: messageId, accountId, contactId, origin, agentId, idempotencyKey, body, segments };
  const version = await insertOutboundMessage(manager, message);
  await insertLinkedMedia(
    manager,
    mediaUrls.map((url, place) => ({ accountId, contactId, messageId, place, url })),
  );
  const uploads = { accountId, contactId, messageId, ids: mediaIds, firstPlace: mediaUrls.length };
  const ownPaths = await sendUploads(manager, uploads);
  const sendingNumberId = await findOrAddSendingNumber(manager, accountId, dnis);
  await manager.query(
    `INSERT INTO outbound_sms (message_id, account_id, contact_id, sending_number_id, to_number, origin, media_urls,
       idempotency_key, request_hash, give_up_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + ${GIVE_UP_AFTER})`,
    [
      messageId,
      accountId,
      contactId,
      sendingNumberId,
      ani,
      origin,
      [...mediaUrls, ...ownPaths],
      idempotencyKey,
      idempotency?.requestHash ?? null,
    ],
  );
  await appendContactEvents(manager, [{ accountId, type: 'contact.message', contactId, messageId, version }]);
  return { messageId, sendingNumberId };
}

async function findOrAddSendingNumber(manager: EntityManager, accountId: string, phoneNumber: string): Promise<string> {
  const find = (): Promise<{ id: string }[]> =>
    manager.query('SELECT id FROM sending_numbers WHERE account_id = $1 AND phone_number = $2', [
      accountId,
      phoneNumber,
    ]);
  const [known] = await find();
  if (known !== undefined) return known.id;
  await manager.query(
    'INSERT INTO sending_numbers (id, account_id, phone_number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [newId(), accountId, phoneNumber],
  );
  return (await find())[0]!.id;
}
