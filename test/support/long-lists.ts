import type { DirectDatabase } from './postgres.ts';

/** Inserts waiting contacts with one text each: `Text 1` for the oldest to `Text <count>`. */
export async function insertWaitingContacts({ query }: DirectDatabase, count: number): Promise<void> {
  await query(
    `WITH made AS (
       INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, lang, ani, dnis, message_count, last_message_at)
       SELECT uuidv7(), point.account_id, point.campaign_id, point.id, point.language, '+1501' || 1000000 + n,
         point.phone_number, 1, now()
       FROM generate_series(1, $1::int) AS n, (SELECT * FROM entry_points ORDER BY id LIMIT 1) AS point
       ORDER BY n
       RETURNING id, account_id, ani
     )
     INSERT INTO messages (id, account_id, contact_id, direction, origin, body, status, at)
     SELECT uuidv7(), account_id, id, 'inbound', 'customer', 'Text ' || right(ani, 7)::int - 1000000, 'received', now()
     FROM made ORDER BY ani`,
    [count],
  );
}

/** Inserts an active contact of an agent with many messages: `Message 1` to `Message <count>`. @returns its id */
export async function insertLongThread({ query }: DirectDatabase, count: number, agentId: string): Promise<string> {
  const [contact] = await query(
    `INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, lang, ani, dnis, state, agent_id, accepted_at,
       message_count, last_message_at)
     SELECT uuidv7(), account_id, campaign_id, id, language, '+15005550191', phone_number, 'active', $1, now(), $2::int, now()
     FROM entry_points ORDER BY id LIMIT 1
     RETURNING id`,
    [agentId, count],
  );
  const id = contact!['id'] as string;
  await query(
    `INSERT INTO messages (id, account_id, contact_id, direction, origin, body, status, at)
     SELECT uuidv7(), account_id, contacts.id, CASE n % 3 WHEN 0 THEN 'outbound' ELSE 'inbound' END,
       CASE n % 3 WHEN 0 THEN 'agent' ELSE 'customer' END, 'Message ' || n || repeat(' and more of it', n % 7 * 3),
       CASE n % 3 WHEN 0 THEN 'delivered' ELSE 'received' END, now() - ($2::int - n) * interval '1 minute'
     FROM generate_series(1, $2::int) AS n, contacts WHERE contacts.id = $1 ORDER BY n`,
    [id, count],
  );
  return id;
}
