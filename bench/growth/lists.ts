import type { Api } from '../../test/support/api.ts';
import { expectStatus } from '../../test/support/factories.ts';
import type { DirectDatabase } from '../../test/support/postgres.ts';
import { inMilliseconds, newHistogram } from '../load/tally.ts';

/** The path of a list for one sample: each reading differs, as when many people read. */
type List = (sample: Sample) => string;

/** A contact somewhere in the history, and what else fills in the paths. */
interface Sample {
  contactId: string;
  ani: string;
  n: number;
  entryPointId: string;
  campaignId: string;
  contactCursor: string;
  journalCursor: string;
  messageSid: string;
  since: string;
  until: string;
}

const WORDS = ['order', 'delivery', 'invoice', 'refund', 'parcel', 'window'];

/** Every list and search of the API that grows with the number of SMS. */
const LISTS: Record<string, List> = {
  'contacts, newest': () => 'contacts',
  'contacts, 100 from the middle': ({ contactCursor }) => `contacts?limit=100&cursor=${contactCursor}`,
  'contacts, oldest': () => 'contacts?order=oldest&limit=50',
  'waiting contacts': () => 'contacts?state=waiting&order=oldest&limit=100',
  'closed contacts': () => 'contacts?state=closed&limit=100',
  "an agent's contacts": ({ n }) => `contacts?state=active&agentId=agent-${n % 200}`,
  "an agent's closed contacts": ({ n }) => `contacts?state=closed&agentId=agent-${n % 200}`,
  'contacts of an entry point': ({ entryPointId }) => `contacts?entryPointId=${entryPointId}&limit=100`,
  'closed contacts of a campaign': ({ campaignId }) => `contacts?campaignId=${campaignId}&state=closed`,
  "a customer's contacts": ({ ani }) => `contacts?customer=${encodeURIComponent(ani)}`,
  'contacts with a tag': ({ n }) => `contacts?tag=${encodeURIComponent(`tag ${(n % 5) * 10}`)}`,
  'waiting contacts with a tag': ({ n }) => `contacts?state=waiting&tag=${encodeURIComponent(`tag ${(n % 5) * 10}`)}`,
  'search, one hit': ({ n }) => `contacts?q=${n}x0`,
  'search, a common word': ({ n }) => `contacts?q=${WORDS[n % WORDS.length]}`,
  'search, two common words': ({ n }) => `contacts?q=${WORDS[n % 6]}+${WORDS[(n + 1) % 6]}`,
  'search, rarer and rarer words': ({ n }) => `contacts?q=w${1 + n * n}`,
  'search, a word of every text': () => 'contacts?q=hello',
  'search, no hit': ({ n }) => `contacts?q=nothing${n}`,
  'search among waiting contacts': ({ n }) => `contacts?state=waiting&q=${WORDS[n % WORDS.length]}`,
  counts: () => 'contacts/counts?agentId=agent-7',
  'a contact': ({ contactId }) => `contacts/${contactId}`,
  'its thread': ({ contactId }) => `contacts/${contactId}/messages?limit=100`,
  "its customer's earlier contacts": ({ contactId }) => `contacts/${contactId}/earlier`,
  'its opt-outs': ({ contactId }) => `contacts/${contactId}/opt-outs`,
  'the journal, newest': () => 'inbound-sms?limit=100',
  'the journal, from the middle': ({ journalCursor }) => `inbound-sms?limit=100&cursor=${journalCursor}`,
  'the journal, accepted': () => 'inbound-sms?verdict=accepted&limit=100',
  'the journal, dead letters': () => 'inbound-sms?verdict=dead_letter',
  'the journal, reconciled': () => 'inbound-sms?source=reconciled',
  'the journal of a customer': ({ ani }) => `inbound-sms?customer=${encodeURIComponent(ani)}`,
  'the journal of an entry point': ({ entryPointId }) => `inbound-sms?entryPointId=${entryPointId}&limit=100`,
  'the journal of a contact': ({ contactId }) => `inbound-sms?contactId=${contactId}`,
  'the journal by MessageSid': ({ messageSid }) => `inbound-sms?twilioMessageSid=${messageSid}`,
  'the journal of a day': ({ since, until }) => `inbound-sms?since=${since}&until=${until}`,
  'the event log': () => 'events?limit=100',
  'traffic of the entry points': () => 'entry-points/traffic',
  'the health report': () => 'health-report',
  reconciliation: () => 'reconciliation',
  'blocked senders': () => 'blocked-senders',
  'the audit log': () => 'audit-log',
};

export interface ListTime {
  name: string;
  p50: number;
  p95: number;
}

/** Reads every list `times` times, one after the other. */
export async function timeLists(api: Api, database: DirectDatabase, times: number): Promise<ListTime[]> {
  const samples = await chooseSamples(database, times);
  const results: ListTime[] = [];
  for (const [name, list] of Object.entries(LISTS)) {
    const histogram = newHistogram();
    for (const sample of samples) {
      const startedAt = performance.now();
      expectStatus(await api.get(list(sample)), 200);
      histogram.recordValue(Math.round((performance.now() - startedAt) * 1_000));
    }
    results.push({ name, p50: inMilliseconds(histogram).p50, p95: histogram.getValueAtPercentile(95) / 1_000 });
  }
  return results;
}

/** Chooses contacts spread evenly over the whole history. */
async function chooseSamples({ query }: DirectDatabase, times: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < times; i++) {
    const [row] = await query(
      `SELECT contact_id AS "contactId", from_number AS ani, sms.entry_point_id AS "entryPointId", twilio_message_sid AS "messageSid",
         (extract(epoch FROM received_at) * 1000000)::bigint || '.' || received_order AS "journalPosition",
         campaign_id AS "campaignId", date_trunc('day', received_at) AS since,
         date_trunc('day', received_at) + interval '1 day' AS until
       FROM inbound_sms AS sms JOIN contacts AS contact ON contact.id = sms.contact_id
       WHERE sms.account_id = (SELECT id FROM accounts LIMIT 1) AND received_at >= (
         SELECT min(received_at) + (max(received_at) - min(received_at)) * $1::float8
         FROM inbound_sms WHERE account_id = (SELECT id FROM accounts LIMIT 1))
       ORDER BY received_at LIMIT 1`,
      [(i + 0.5) / times],
    );
    const { journalPosition, since, until, ...found } = row as Record<string, string> & Record<'since' | 'until', Date>;
    samples.push({
      ...(found as unknown as Sample),
      n: i * 7 + 1,
      contactCursor: toCursor(found['contactId']!),
      journalCursor: toCursor(journalPosition!),
      since: since.toISOString(),
      until: until.toISOString(),
    });
  }
  return samples;
}

/** As in src/common/cursor-page.ts. */
const toCursor = (position: string): string => Buffer.from(position).toString('base64url');
