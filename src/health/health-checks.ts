import { fillIn, type Params } from '../common/sentence.js';
import type { DatabaseRisk } from '../database/durability.js';
import type { UnreachableReason } from '../entry-points/webhook-url.js';
import type { WebhookState } from '../entry-points/webhook-state.js';
import type { TelephonyDto } from '../twilio-integration/telephony.dto.js';
import { MAX_TOLERABLE_SKEW_MS } from '../queue/clock.service.js';
import type { QueueRisk } from '../queue/queue-backend.js';
import type { SpoolState } from '../spool/spool-state.js';
import type { Refusals } from '../webhook/refused-requests.service.js';
import type { BacklogDto, HealthCheckDto, HealthCheckName, HealthState } from './health-report.dto.js';
import type { DeadLetters, LateConsumer, Reconciliation, UnsetWebhook } from './health-report.queries.js';
import { HEALTH_SENTENCES, type HealthReason } from './health-sentences.js';

const SLOW_MS = 1_000;
const INBOUND_PATIENCE_SECONDS = 30;
/** Replies wait for the pace of their number: some minutes are nothing unusual. */
const OUTBOUND_PATIENCE_SECONDS = 5 * 60;
const FAILING_AFTER_SECONDS = 10 * 60;
/** A walk over many pages takes its time. */
const WALK_PATIENCE_MS = 10 * 60_000;
const MAX_NAMED = 3;

interface Details {
  params?: Params;
  /** What of the params reads otherwise in the sentence here. */
  inWords?: Params;
  since?: Date | null;
  entryPoints?: HealthCheckDto['entryPoints'];
}

const check = (
  name: HealthCheckName,
  state: HealthState,
  reason: HealthReason,
  { params = {}, inWords, since = null, entryPoints = [] }: Details = {},
): HealthCheckDto => ({
  name,
  state,
  detail: fillIn(HEALTH_SENTENCES[reason], { ...params, ...inWords }),
  reason,
  params,
  since: state === 'ok' ? null : since,
  entryPoints,
});

export function checkDatabase(version: string, ms: number): HealthCheckDto {
  const params = { version, ms: Math.ceil(ms) };
  if (ms < SLOW_MS) return check('database', 'ok', 'database_answers', { params });
  return check('database', 'warning', 'database_slow', { params });
}

/** @param error why the queues do not answer; null when they do */
export function checkQueue(backend: 'postgres' | 'redis', error: Error | null): HealthCheckDto {
  const place = backend === 'redis' ? 'Redis' : 'PostgreSQL';
  if (error === null) return check('queue', 'ok', 'queues_answer', { params: { place } });
  return check('queue', 'failing', 'queues_silent', { params: { place, error: error.message } });
}

export function checkTelephony({ state, accountSid, verifiedAt }: TelephonyDto): HealthCheckDto {
  if (state === 'connected') {
    return check('telephony', 'ok', 'telephony_connected', { params: { accountSid: accountSid! } });
  }
  return check('telephony', state === 'failing' ? 'failing' : 'warning', `telephony_${state}`, { since: verifiedAt });
}

const KEEPS_AWAY: Record<Exclude<WebhookState, 'set' | 'unknown'>, string> = {
  not_set: 'not set at Twilio',
  changed: 'changed at Twilio',
  overridden_by_application: 'overridden by a TwiML application',
  overridden_by_messaging_service: 'overridden by a Messaging Service',
  number_missing: 'its number is not in the Twilio account',
};

function describeUnset({ name, state, checkedAt }: UnsetWebhook): string {
  const unknown = checkedAt === null ? 'never looked at' : 'Twilio could not be asked';
  return `"${name}" (${state === 'unknown' ? unknown : KEEPS_AWAY[state]})`;
}

/** @param unreachable why Twilio could not reach PUBLIC_URL; null when nothing speaks against it */
export function checkWebhooks(
  unset: UnsetWebhook[],
  publicUrl: string,
  unreachable: UnreachableReason | null,
): HealthCheckDto {
  if (unreachable !== null) {
    return check('webhooks', 'failing', `public_url_${unreachable}`, { params: { publicUrl } });
  }
  if (unset.length === 0) return check('webhooks', 'ok', 'webhooks_set');
  const names = unset.map(({ name }) => `"${name}"`);
  const explained = unset.map(describeUnset);
  return check('webhooks', 'warning', 'webhooks_unset', {
    params: { entryPoints: listOf(names, '…') },
    inWords: { entryPoints: listOf(explained) },
    since: unset[0]!.checkedAt,
    entryPoints: unset.slice(0, MAX_NAMED).map(({ id, name, state }) => ({ id, name, state })),
  });
}

/** @param refused requests that this process refused of late; null when there were none */
export function checkSignatures(refused: Refusals | null): HealthCheckDto {
  if (refused === null) return check('signatures', 'ok', 'signatures_match');
  const { count, addresses, since } = refused;
  const params = { count, address: addresses.join(', ') };
  return check('signatures', 'warning', 'signatures_wrong', { params, since });
}

/** What never came is fetched from Twilio's list, so it is not lost; but somebody should find out why it did not come. */
export function checkReconciliation(reconciliation: Reconciliation): HealthCheckDto {
  const { fetched, fetchedSince, lastError, failingSince, overdueSince } = reconciliation;
  if (failingSince !== null) {
    const params = { error: lastError ?? '' };
    return check('reconciliation', 'warning', 'reconciliation_unreadable', { params, since: failingSince });
  }
  if (overdueSince !== null && overdueSince.getTime() < Date.now() - WALK_PATIENCE_MS) {
    return check('reconciliation', 'warning', 'reconciliation_overdue', { since: overdueSince });
  }
  if (fetched === 0) return check('reconciliation', 'ok', 'reconciliation_complete');
  return check('reconciliation', 'warning', 'reconciliation_fetched', {
    params: { count: fetched },
    since: fetchedSince,
  });
}

export function checkInboundBacklog(backlog: BacklogDto): HealthCheckDto {
  const { unprocessed: count, oldestUnprocessedSeconds: seconds } = backlog;
  const state = judgeWait(seconds, INBOUND_PATIENCE_SECONDS);
  if (state === 'ok') return check('inbound_backlog', state, 'inbound_flows', { params: { count } });
  return check('inbound_backlog', state, 'inbound_waits', waitOf(count, seconds!));
}

export function checkOutboundBacklog(backlog: BacklogDto): HealthCheckDto {
  const { outboundWaiting: count, oldestOutboundSeconds: seconds } = backlog;
  const state = judgeWait(seconds, OUTBOUND_PATIENCE_SECONDS);
  if (state === 'ok') return check('outbound_backlog', state, 'outbound_flows', { params: { count } });
  return check('outbound_backlog', state, 'outbound_waits', waitOf(count, seconds!));
}

export function checkEventConsumers(late: LateConsumer[]): HealthCheckDto {
  if (late.length === 0) return check('event_consumers', 'ok', 'consumers_served');
  const [{ lastError, since }] = late as [LateConsumer];
  const consumers = late.map(({ name }) => name);
  const names = listOf(consumers, '…');
  const inWords = { names: listOf(consumers) };
  return lastError === null
    ? check('event_consumers', 'failing', 'consumers_unserved', { params: { names }, inWords, since })
    : check('event_consumers', 'failing', 'consumers_failing', { params: { names, error: lastError }, inWords, since });
}

export function checkDeadLetters({ count, since }: DeadLetters): HealthCheckDto {
  if (count === 0) return check('dead_letters', 'ok', 'no_dead_letters');
  return check('dead_letters', 'warning', 'dead_letters', { params: { count }, since });
}

/** @param spool null when there is none: then Twilio is told to try again */
export function checkSpool(spool: SpoolState | null): HealthCheckDto {
  if (spool === null) return check('spool', 'ok', 'spool_off');
  const { bytes, oldestAt, setAside: count } = spool;
  if (count > 0) return check('spool', 'failing', 'spool_set_aside', { params: { count } });
  if (bytes === 0) return check('spool', 'ok', 'spool_empty');
  return check('spool', 'warning', 'spool_waits', { params: { bytes }, since: oldestAt });
}

/** One for each risk. */
export function checkDurability(risks: (DatabaseRisk | QueueRisk)[]): HealthCheckDto[] {
  if (risks.length === 0) return [check('durability', 'ok', 'durability_sound')];
  return risks.map(({ reason, params }) => check('durability', 'warning', reason, { params }));
}

export function checkClock(skewMs: number): HealthCheckDto {
  if (Math.abs(skewMs) <= MAX_TOLERABLE_SKEW_MS) return check('clock', 'ok', 'clock_right');
  const seconds = Math.round(Math.abs(skewMs) / 100) / 10;
  return check('clock', 'failing', skewMs > 0 ? 'clock_ahead' : 'clock_behind', { params: { seconds } });
}

export function worstOf(checks: HealthCheckDto[]): HealthState {
  const states = new Set(checks.map(({ state }) => state));
  return (['failing', 'warning'] as const).find((state) => states.has(state)) ?? 'ok';
}

function judgeWait(seconds: number | null, patience: number): HealthState {
  if (seconds === null || seconds < patience) return 'ok';
  return seconds < Math.max(FAILING_AFTER_SECONDS, 2 * patience) ? 'warning' : 'failing';
}

const waitOf = (count: number, seconds: number): Details => ({
  params: { count, wait: seconds },
  inWords: { wait: inWords(seconds) },
  since: new Date(Date.now() - seconds * 1_000),
});

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} minutes` : `${Math.floor(seconds / 3_600)} hours`;
}

/** The first few. @param rest what stands for the others */
function listOf(names: string[], rest = `and ${names.length - MAX_NAMED} more`): string {
  const named = names.slice(0, MAX_NAMED).join(', ');
  return names.length > MAX_NAMED ? `${named} ${rest}` : named;
}
