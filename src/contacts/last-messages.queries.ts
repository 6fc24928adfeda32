import type { EntityManager } from 'typeorm';
import type { LastMessageDto } from './contact.dto.js';

/** The last message of each of these threads, by contact id; a thread without messages has no entry. */
export async function findLastMessages(
  manager: EntityManager,
  accountId: string,
  contactIds: string[],
): Promise<Map<string, LastMessageDto>> {
  if (contactIds.length === 0) return new Map();
  const rows: (LastMessageDto & { contactId: string })[] = await manager.query(
    `SELECT contact.id AS "contactId", last.body, last.direction, last.status, last.at
     FROM unnest($2::uuid[]) AS contact (id) CROSS JOIN LATERAL (
       SELECT left(body, 160) AS body, direction, status, at FROM messages
       WHERE account_id = $1 AND contact_id = contact.id ORDER BY position DESC LIMIT 1) AS last`,
    [accountId, contactIds],
  );
  return new Map(rows.map(({ contactId, ...message }) => [contactId, message]));
}
