import type { EntityManager } from 'typeorm';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';

/** Tells in the contact's log, in the caller's transaction, that a picture or file of a message has another state. */
export async function tellOfMedia(
  manager: EntityManager,
  { accountId, contactId, messageId }: { accountId: string; contactId: string; messageId: string },
): Promise<void> {
  const [rows] = await manager.query(
    'UPDATE contacts SET version = version + 1 WHERE account_id = $1 AND id = $2 RETURNING version',
    [accountId, contactId],
  );
  const { version } = rows[0] as { version: number };
  await appendContactEvents(manager, [{ accountId, type: 'message.media', contactId, messageId, version }]);
}
