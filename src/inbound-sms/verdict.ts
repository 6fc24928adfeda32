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
 * What became of an SMS: `accepted` (a contact has it), `entry_point_disabled`, `channel_disabled` (the campaign's, or all),
 * `blocked` (its sender is), `opted_out` (STOP, and no contact was open), `unrouted` (no entry point has the number),
 * `quarantined` (signed, but no SMS Twilio would send), `dead_letter` (processing failed for good).
 */
export type Verdict = (typeof VERDICTS)[number];

/** What has the number that was texted; null when nothing has. */
export interface Destination {
  state: EntryPointState;
  smsInboundEnabled: boolean;
}

/** What stands in the way of a contact, though the number is on. */
export interface Obstacles {
  isBlocked: boolean;
  /** STOP, and no contact is open in which an agent should see it. */
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
