import type { WebhookState } from '../entry-points/webhook-state.js';
import type { TelephonyDto } from '../twilio-integration/telephony.dto.js';
import type { BacklogDto, HealthCheckDto, HealthCheckName, HealthState } from './health-report.dto.js';
import type { DeadLetters, LateConsumer, Reconciliation, UnsetWebhook } from './health-report.queries.js';

const SLOW_MS = 1_000;
const INBOUND_PATIENCE_SECONDS = 30;
/** Replies wait for the pace of their number: some minutes are nothing unusual. */
const OUTBOUND_PATIENCE_SECONDS = 5 * 60;
const FAILING_AFTER_SECONDS = 10 * 60;
/** A walk over many pages takes its time. */
const WALK_PATIENCE_MS = 10 * 60_000;
const MOST_NAMED = 3;

const check = (name: HealthCheckName, state: HealthState, detail: string, since?: Date | null): HealthCheckDto => ({
  name,
  state,
  detail,
  since: (state === 'ok' ? null : since) ?? null,
});

export function checkDatabase(version: string, ms: number): HealthCheckDto {
  const answer = `PostgreSQL ${version} answers in ${Math.ceil(ms)} ms.`;
  if (ms < SLOW_MS) return check('database', 'ok', answer);
  return check('database', 'warning', `${answer} That is slow: look at its load, and at the network between.`);
}

/** @param error why the queues do not answer; null when they do */
export function checkQueue(backend: 'postgres' | 'redis', error: Error | null): HealthCheckDto {
  const place = backend === 'redis' ? 'Redis' : 'PostgreSQL';
  if (error === null) return check('queue', 'ok', `The queues are on ${place} and answer.`);
  const detail = `The queues on ${place} do not answer (${error.message}). SMS are stored all the same, and processed once they do.`;
  return check('queue', 'failing', detail);
}

export function checkTelephony({ state, problem, accountSid, verifiedAt }: TelephonyDto): HealthCheckDto {
  if (state === 'connected') return check('telephony', 'ok', `Twilio account ${accountSid} is connected.`);
  return check('telephony', state === 'failing' ? 'failing' : 'warning', problem!, verifiedAt);
}

const KEEPS_AWAY: Record<Exclude<WebhookState, 'set'>, string> = {
  not_set: 'not set at Twilio',
  changed: 'changed at Twilio',
  overridden_by_application: 'overridden by a TwiML application',
  overridden_by_messaging_service: 'overridden by a Messaging Service',
  number_missing: 'its number is not in the Twilio account',
  unknown: 'never looked at',
};

/** @param publicUrlProblem why Twilio could not reach PUBLIC_URL; null when nothing speaks against it */
export function checkWebhooks(unset: UnsetWebhook[], publicUrlProblem: string | null): HealthCheckDto {
  if (publicUrlProblem !== null) {
    const detail = `${publicUrlProblem}. Set PUBLIC_URL to the https address of this service, or of a tunnel to it.`;
    return check('webhooks', 'failing', detail);
  }
  if (unset.length === 0)
    return check('webhooks', 'ok', 'The webhook of every active entry point was set at last look.');
  const named = unset.map(({ name, state }) => `"${name}" (${KEEPS_AWAY[state as Exclude<WebhookState, 'set'>]})`);
  return check(
    'webhooks',
    'warning',
    `SMS may not reach ${listOf(named)}. Open the entry point: it says what is in the way, and sets the webhook.`,
    unset[0]!.checkedAt,
  );
}

/** What never came is fetched from Twilio's list, so it is not lost; but somebody should find out why it did not come. */
export function checkReconciliation(reconciliation: Reconciliation): HealthCheckDto {
  const { fetched, fetchedSince, lastError, failingSince, overdueSince } = reconciliation;
  if (failingSince !== null) {
    const detail = `Twilio's list of received messages cannot be read (${lastError}). Until it can, an SMS that does not come is not noticed; it is tried again by itself.`;
    return check('reconciliation', 'warning', detail, failingSince);
  }
  if (overdueSince !== null && overdueSince.getTime() < Date.now() - WALK_PATIENCE_MS) {
    const detail = `Nobody compares the journal with Twilio's list. Does a process with the role scheduler run?`;
    return check('reconciliation', 'warning', detail, overdueSince);
  }
  if (fetched === 0)
    return check('reconciliation', 'ok', 'Every SMS that Twilio received in the last 24 hours came by webhook.');
  const detail = `${fetched} SMS of the last 24 hours never came by webhook and were fetched from Twilio's list (GET inbound-sms?source=reconciled). None is lost; look for an outage at that time, here or on the way.`;
  return check('reconciliation', 'warning', detail, fetchedSince);
}

export function checkInboundBacklog(backlog: BacklogDto): HealthCheckDto {
  const { unprocessed, oldestUnprocessedSeconds: seconds } = backlog;
  const state = judgeWait(seconds, INBOUND_PATIENCE_SECONDS);
  if (state === 'ok') return check('inbound_backlog', state, `${unprocessed} SMS wait to be processed, none for long.`);
  const detail = `${unprocessed} SMS wait to be processed, the oldest for ${inWords(seconds!)}. Does a process with the role worker run? Its log says what holds it up.`;
  return check('inbound_backlog', state, detail, secondsAgo(seconds!));
}

export function checkOutboundBacklog(backlog: BacklogDto): HealthCheckDto {
  const { outboundWaiting, oldestOutboundSeconds: seconds } = backlog;
  const state = judgeWait(seconds, OUTBOUND_PATIENCE_SECONDS);
  if (state === 'ok')
    return check('outbound_backlog', state, `${outboundWaiting} messages wait to be sent, none for long.`);
  const detail = `${outboundWaiting} messages wait to be sent, the oldest for ${inWords(seconds!)}. Each number sends at its own pace (SMS_PER_SECOND); when Twilio refuses or does not answer, the log says so.`;
  return check('outbound_backlog', state, detail, secondsAgo(seconds!));
}

export function checkEventConsumers(late: LateConsumer[]): HealthCheckDto {
  if (late.length === 0) return check('event_consumers', 'ok', 'Every consumer has its events in its queue.');
  const [{ lastError, since }] = late as [LateConsumer];
  const reason =
    lastError === null ? 'Does a process with the role worker or scheduler run?' : `The last error: ${lastError}.`;
  const detail = `Events do not get into the queue of ${listOf(late.map(({ name }) => name))}. ${reason} None is lost.`;
  return check('event_consumers', 'failing', detail, since);
}

export function checkDeadLetters({ count, since }: DeadLetters): HealthCheckDto {
  if (count === 0) return check('dead_letters', 'ok', 'No SMS failed for good.');
  const detail = `${count} SMS failed for good. Look at why (GET inbound-sms?verdict=dead_letter), then replay or discard them.`;
  return check('dead_letters', 'warning', detail, since);
}

export function worstOf(checks: HealthCheckDto[]): HealthState {
  const states = new Set(checks.map(({ state }) => state));
  return (['failing', 'warning'] as const).find((state) => states.has(state)) ?? 'ok';
}

function judgeWait(seconds: number | null, patience: number): HealthState {
  if (seconds === null || seconds < patience) return 'ok';
  return seconds < Math.max(FAILING_AFTER_SECONDS, 2 * patience) ? 'warning' : 'failing';
}

const secondsAgo = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} minutes` : `${Math.floor(seconds / 3_600)} hours`;
}

function listOf(names: string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
