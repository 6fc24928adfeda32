import type { EntryPointState } from '../entry-points/entry-point.entity.js';

export const VERDICTS = [
  'accepted',
  'entry_point_disabled',
  'channel_disabled',
  'blocked',
  'opted_out',
  'unrouted',
  'quarantined',
  'dead_letter',
] as const;

/**
 * What became of an SMS: `accepted` (it belongs to a contact), `entry_point_disabled`, `channel_disabled` (the campaign's
 * channel or the account's switch is off), `blocked` (the sender is blocked), `opted_out` (STOP while no contact was open),
 * `unrouted` (no entry point owns the number), `quarantined` (signed, but not an SMS that Twilio would send),
 * `dead_letter` (processing failed for good).
 */
export type Verdict = (typeof VERDICTS)[number];

/** The entry point that owns the number; null if none does. */
export interface Destination {
  state: EntryPointState;
  smsInboundEnabled: boolean;
}

/** What can prevent a contact although the entry point is active. */
export interface Obstacles {
  isBlocked: boolean;
  /** STOP while no contact is open in which an agent should see it. */
  isLoneStop: boolean;
}

export function decideVerdict(destination: Destination | null, { isBlocked, isLoneStop }: Obstacles): Verdict {
  if (destination === null) return 'unrouted';
  if (destination.state === 'disabled') return 'entry_point_disabled';
  if (!destination.smsInboundEnabled) return 'channel_disabled';
  if (isBlocked) return 'blocked';
  if (isLoneStop) return 'opted_out';
  return 'accepted';
}
