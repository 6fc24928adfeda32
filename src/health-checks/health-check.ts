import { fillIn, type Params } from '../common/sentence.js';

/** What is checked, in the order of the report. */
export const HEALTH_CHECKS = [
  'database',
  'queue',
  'telephony',
  'webhooks',
  'signatures',
  'reconciliation',
  'inbound_backlog',
  'outbound_backlog',
  'event_consumers',
  'dead_letters',
  'spool',
  'durability',
  'clock',
] as const;
export type HealthCheckName = (typeof HEALTH_CHECKS)[number];

export type HealthState = 'ok' | 'warning' | 'failing';

/** What a check found. */
export interface HealthCheck {
  name: HealthCheckName;
  state: HealthState;
  detail: string;
  reason: string;
  params: Params;
  since: Date | null;
  /** The entry points that it is about. */
  entryPoints: { id: string; name: string; state: string }[];
}

export interface Details {
  params?: Params;
  /** What of the params reads otherwise in the sentence here. */
  inWords?: Params;
  since?: Date | null;
  entryPoints?: HealthCheck['entryPoints'];
}

/**
 * Makes the results of one check.
 * @param sentences what it says, by its reason: how it stands, why, and the way out
 */
export const resultsOf =
  <Reason extends string>(name: HealthCheckName, sentences: Record<Reason, string>) =>
  (
    state: HealthState,
    reason: Reason,
    { params = {}, inWords, since = null, entryPoints = [] }: Details = {},
  ): HealthCheck => ({
    name,
    state,
    detail: fillIn(sentences[reason], { ...params, ...inWords }),
    reason,
    params,
    since: state === 'ok' ? null : since,
    entryPoints,
  });

/** How many a check names of those it is about. */
export const MAX_NAMED = 3;

/** The first few. @param rest what stands for the others */
export function listOf(names: string[], rest = `and ${names.length - MAX_NAMED} more`): string {
  const named = names.slice(0, MAX_NAMED).join(', ');
  return names.length > MAX_NAMED ? `${named} ${rest}` : named;
}
