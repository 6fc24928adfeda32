import { askDirectly, type DirectDatabase } from '../../test/support/postgres.ts';

const CHUNK = 50_000;
/** Each works off chunks on a connection of its own. */
const FILLERS = 2;
const TABLES = ['contacts', 'messages', 'inbound_sms', 'outbound_sms', 'contact_events'];
export const DAYS = 365;

/**
 * A year of work, made by SQL: contacts of customers who come back four times, each a thread of texts and replies with
 * the rows that belong to them. The last thousand are open, half of them with an agent; events are of the last 30 days,
 * as long as the log keeps them.
 */
export async function fillHistory(databaseUrl: string, sizes: HistorySizes): Promise<void> {
  await askDirectly(databaseUrl, async (database) => {
    const { query } = database;
    await query(`SET maintenance_work_mem = '512MB'`);
    const restoreIndexes = await dropIndexes(database);
    await query(
      `INSERT INTO sending_numbers (id, account_id, phone_number)
       SELECT uuidv7(), account_id, phone_number FROM entry_points LIMIT 1 ON CONFLICT DO NOTHING`,
    );
    const firsts = Array.from({ length: Math.ceil(sizes.contacts / CHUNK) }, (_, n) => 1 + n * CHUNK).values();
    const fillers = Array.from({ length: FILLERS }, () =>
      askDirectly(databaseUrl, (filler) => fillChunks(filler, firsts, sizes)),
    );
    await Promise.all(fillers);
    await restoreIndexes();
    // Contacts that close by themselves would have events too, and those are what is counted.
    await query('UPDATE entry_points SET auto_close_hours = NULL');
    await query('UPDATE consumers SET cursor_transaction_id = pg_current_xact_id(), cursor_position = 0');
    for (const table of TABLES) await query(`VACUUM ANALYZE ${table}`);
  });
}

interface HistorySizes {
  contacts: number;
  messages: number;
}

/** @param firsts of each chunk that nobody has taken; all who fill take from it */
async function fillChunks(
  { query }: DirectDatabase,
  firsts: Iterable<number>,
  { contacts, messages }: HistorySizes,
): Promise<void> {
  // No trigger and no foreign key: each row is right by how it is made, and checking ten million of them takes an hour.
  await query(`SET session_replication_role = replica`);
  await query(`SET synchronous_commit = off`);
  await query(`CREATE TEMP TABLE place AS
    SELECT point.account_id, point.campaign_id, point.id AS entry_point_id, point.language, point.phone_number,
      connection.account_sid, number.id AS sending_number_id
    FROM entry_points AS point JOIN telephony_connections AS connection USING (account_id)
      JOIN sending_numbers AS number USING (account_id) LIMIT 1`);
  for (const first of firsts) {
    const last = Math.min(contacts, first + CHUNK - 1);
    await query(MAKE_CHUNK);
    await query(FILL_CHUNK, [first, last, contacts, messages / contacts, DAYS]);
    for (const insert of INSERTS) await query(insert);
    await query('DROP TABLE made, line');
  }
}

/** What inserting rows does not need is created again after them, which takes a tenth of the time. */
async function dropIndexes({ query }: DirectDatabase): Promise<() => Promise<void>> {
  const indexes = await query(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'public' AND tablename = ANY ($1)
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = (quote_ident(indexname))::regclass)`,
    [TABLES],
  );
  for (const { name } of indexes) await query(`DROP INDEX "${String(name)}"`);
  return async () => {
    for (const { definition } of indexes) await query(String(definition));
  };
}

const MAKE_CHUNK = `
  CREATE TEMP TABLE made (n int, id uuid, ani text, state text, at timestamptz, lines int);`;

/** Contact n of all of them, at its time; its texts follow minutes apart. */
const FILL_CHUNK = `
  WITH filled AS (
    INSERT INTO made
    SELECT n, uuidv7(age), '+1601' || 1000000 + n % greatest(1000, $3::int / 4),
      CASE WHEN n <= $3 - least(1000, $3 / 4) THEN 'closed' WHEN n % 2 = 0 THEN 'waiting' ELSE 'active' END,
      now() + age, $4::int
    FROM generate_series($1::int, $2::int) AS n,
      LATERAL (SELECT ($3 - n + 1) * -interval '1 day' * $5::float8 / $3 AS age) AS time
    RETURNING 1)
  SELECT count(*) FROM filled`;

const WORDS = `(ARRAY['order','delivery','invoice','appointment','refund','address','password','contract','number','question',
  'monday','tuesday','parcel','receipt','account','phone','colour','size','window','price'])`;

/** As in any language: the second comes half as often as the first, the hundredth a hundredth. */
const RARER_WORD = `'w' || floor(power(20000.0, (hashint4(made.n * 7 + k) & 65535) / 65536.0))`;

const INSERTS = [
  `CREATE TEMP TABLE line AS
     SELECT uuidv7(made.at - now() + k * interval '2 minutes') AS id, made.id AS contact_id, made.ani, made.n, k,
       made.at + k * interval '2 minutes' AS at, k % 5 NOT IN (2, 4) AS is_inbound,
       uuidv7(made.at - now() + k * interval '2 minutes') AS inbound_sms_id,
       'SM' || md5('sms ' || made.n || ' ' || k) AS sid,
       'Hello, my ' || ${WORDS}[1 + (made.n + k) % 20] || ' and the ' || ${WORDS}[1 + (made.n / 20 + 3 * k) % 20]
         || ', case ' || made.n || 'x' || k || ' ' || ${RARER_WORD} AS body
     FROM made, generate_series(0, made.lines - 1) AS k`,
  `INSERT INTO contacts (id, account_id, campaign_id, entry_point_id, state, lang, ani, dnis, agent_id, tags, message_count,
     version, created_at, accepted_at, closed_at, close_reason, last_message_at)
   SELECT made.id, account_id, campaign_id, entry_point_id, state, language, ani, phone_number,
     CASE WHEN state <> 'waiting' THEN 'agent-' || n % 200 END,
     CASE WHEN n % 10 = 0 THEN ARRAY['tag ' || n % 50] ELSE '{}' END, lines, lines + 1, at,
     CASE WHEN state <> 'waiting' THEN at + interval '1 minute' END,
     CASE WHEN state = 'closed' THEN at + interval '1 hour' END, CASE WHEN state = 'closed' THEN 'agent' END,
     at + lines * interval '2 minutes'
   FROM made, place ORDER BY n`,
  `INSERT INTO messages (id, account_id, contact_id, direction, origin, body, inbound_sms_id, twilio_message_sid, segments,
     status, agent_id, at)
   SELECT line.id, account_id, contact_id, CASE WHEN is_inbound THEN 'inbound' ELSE 'outbound' END,
     CASE WHEN is_inbound THEN 'customer' ELSE 'agent' END, body, CASE WHEN is_inbound THEN inbound_sms_id END, sid, 1,
     CASE WHEN is_inbound THEN 'received' ELSE 'delivered' END, CASE WHEN NOT is_inbound THEN 'agent-' || n % 200 END, at
   FROM line, place ORDER BY n, k`,
  `INSERT INTO inbound_sms (id, account_id, account_sid, twilio_message_sid, from_number, to_number, body, segments, raw,
     conversation_key, received_at, processed_at, verdict, entry_point_id, contact_id)
   SELECT inbound_sms_id, account_id, account_sid, sid, ani, phone_number, body, 1,
     convert_to(repeat('Parameter=Value&', 30) || body, 'UTF8'),
     hashtextextended(account_id || ' ' || phone_number || ' ' || ani, 0), at, at, 'accepted', entry_point_id, contact_id
   FROM line, place WHERE is_inbound ORDER BY n, k`,
  `INSERT INTO outbound_sms (message_id, account_id, contact_id, sending_number_id, to_number, origin, attempts, claimed_at,
     give_up_at, done_at, created_at)
   SELECT line.id, account_id, contact_id, sending_number_id, ani, 'agent', 1, at, at + interval '1 hour', at, at
   FROM line, place WHERE NOT is_inbound ORDER BY n, k`,
  `INSERT INTO contact_events (id, account_id, type, contact_id, message_id, version, at)
   SELECT uuidv7(at - now()), account_id, CASE WHEN is_inbound THEN 'contact.message' ELSE 'message.status' END, contact_id,
     line.id, k + 2, at
   FROM line, place WHERE at > now() - interval '30 days' ORDER BY n, k`,
];
