import { DATABASE_RISKS } from '../database/durability.js';
import { UNREACHABLE } from '../entry-points/webhook-url.js';
import { QUEUE_RISKS } from '../queue/queue-backend.js';
import { TELEPHONY_PROBLEMS } from '../twilio-integration/telephony.dto.js';

const SET_PUBLIC_URL = 'Set PUBLIC_URL to the https address of this service, or of a tunnel to it.';
const RUN_NTP = 'Run NTP on both; from 5 s on no job is taken.';

/** What the checks say, by their reason: how it stands, why, and the way out. */
export const HEALTH_SENTENCES = {
  database_answers: 'PostgreSQL {{version}} answers in {{ms}} ms.',
  database_slow:
    'PostgreSQL {{version}} answers in {{ms}} ms. That is slow: look at its load, and at the network between.',
  queues_answer: 'The queues are on {{place}} and answer.',
  queues_silent:
    'The queues on {{place}} do not answer ({{error}}). SMS are stored all the same, and processed once they do.',
  telephony_connected: 'Twilio account {{accountSid}} is connected.',
  telephony_failing: TELEPHONY_PROBLEMS.failing,
  telephony_disconnected: TELEPHONY_PROBLEMS.disconnected,
  public_url_own_machine: `{{publicUrl}} ${UNREACHABLE.own_machine}. ${SET_PUBLIC_URL}`,
  public_url_not_https: `{{publicUrl}} ${UNREACHABLE.not_https}. ${SET_PUBLIC_URL}`,
  webhooks_set: 'The webhook of every active entry point was set at last look.',
  webhooks_unset:
    'SMS may not reach {{entryPoints}}. Open the entry point: it says what is in the way, and sets the webhook.',
  signatures_match: 'No webhook request of the last 15 minutes had a wrong signature.',
  signatures_wrong:
    '{{count}} webhook requests of the last 15 minutes were refused: their signature does not match. They were checked against {{address}} and the stored AUTH TOKEN: the URL in Twilio must begin with exactly that (set PUBLIC_URL, then the webhook), and the token must be the one of the account that has the number.',
  reconciliation_complete: 'Every SMS that Twilio received in the last 24 hours came by webhook.',
  reconciliation_fetched:
    "{{count}} SMS of the last 24 hours never came by webhook and were fetched from Twilio's list (GET inbound-sms?source=reconciled). None is lost; look for an outage at that time, here or on the way.",
  reconciliation_unreadable:
    "Twilio's list of received messages cannot be read ({{error}}). Until it can, an SMS that does not come is not noticed; it is tried again by itself.",
  reconciliation_overdue: "Nobody compares the journal with Twilio's list. Does a process with the role scheduler run?",
  inbound_flows: '{{count}} SMS wait to be processed, none for long.',
  inbound_waits:
    '{{count}} SMS wait to be processed, the oldest for {{wait}}. Does a process with the role worker run? Its log says what holds it up.',
  outbound_flows: '{{count}} messages wait to be sent, none for long.',
  outbound_waits:
    '{{count}} messages wait to be sent, the oldest for {{wait}}. Each number sends at its own pace (SMS_PER_SECOND); when Twilio refuses or does not answer, the log says so.',
  consumers_served: 'Every consumer has its events in its queue.',
  consumers_unserved:
    'Events do not get into the queue of {{names}}. Does a process with the role worker or scheduler run? None is lost.',
  consumers_failing: 'Events do not get into the queue of {{names}}. The last error: {{error}}. None is lost.',
  no_dead_letters: 'No SMS failed for good.',
  dead_letters:
    '{{count}} SMS failed for good. Look at why (GET inbound-sms?verdict=dead_letter), then replay or discard them.',
  spool_off: 'There is none (SPOOL_DIR): while the database is away, SMS are refused.',
  spool_set_aside:
    '{{count}} records of the spool could not be read or stored: files *.quarantine in SPOOL_DIR, each an SMS that Twilio was told 200 for. With the encryption key they were written with they are tried again at the next start.',
  spool_empty: 'The spool is empty.',
  spool_waits: '{{bytes}} bytes of SMS wait in the spool for the database to take them. The log says why it did not.',
  durability_sound: 'What is accepted is on disk.',
  ...DATABASE_RISKS,
  ...QUEUE_RISKS,
  clock_right: "The clock agrees with the database's.",
  clock_ahead: `The clock is {{seconds}} s ahead of the database's. ${RUN_NTP}`,
  clock_behind: `The clock is {{seconds}} s behind the database's. ${RUN_NTP}`,
};

export type HealthReason = keyof typeof HEALTH_SENTENCES;
