import { CONSUMERS_SENTENCES } from '../contact-events/consumers.check.js';
import { DATABASE_SENTENCES } from '../database/database.check.js';
import { WEBHOOKS_SENTENCES } from '../entry-points/webhooks.check.js';
import { DEAD_LETTERS_SENTENCES, INBOUND_BACKLOG_SENTENCES } from '../inbound-sms/inbound-sms-health.check.js';
import { OUTBOUND_BACKLOG_SENTENCES } from '../outbound-sms/outbound-backlog.check.js';
import { CLOCK_SENTENCES } from '../queue/clock.check.js';
import { RECONCILIATION_SENTENCES } from '../reconciliation/reconciliation.check.js';
import { SPOOL_SENTENCES } from '../spool/spool.check.js';
import { TELEPHONY_SENTENCES } from '../twilio-integration/telephony.check.js';
import { SIGNATURES_SENTENCES } from '../webhook/signatures.check.js';
import { DURABILITY_SENTENCES } from './durability.service.js';
import { QUEUE_SENTENCES } from './queue-check.js';

/** What the checks say, by their reason: how it stands, why, and the way out. */
export const HEALTH_SENTENCES = {
  ...DATABASE_SENTENCES,
  ...QUEUE_SENTENCES,
  ...TELEPHONY_SENTENCES,
  ...WEBHOOKS_SENTENCES,
  ...SIGNATURES_SENTENCES,
  ...RECONCILIATION_SENTENCES,
  ...INBOUND_BACKLOG_SENTENCES,
  ...OUTBOUND_BACKLOG_SENTENCES,
  ...CONSUMERS_SENTENCES,
  ...DEAD_LETTERS_SENTENCES,
  ...SPOOL_SENTENCES,
  ...DURABILITY_SENTENCES,
  ...CLOCK_SENTENCES,
};

export type HealthReason = keyof typeof HEALTH_SENTENCES;
