import type { EntryPointState } from '../entry-points/entry-point.entity.js';

export const VERDICTS = [
  'accepted',
  'entry_point_disabled',
  'channel_disabled',
  'unrouted',
  'quarantined',
  'dead_letter',
] as const;

/**
 * What became of an SMS: `accepted` (a contact has it), `entry_point_disabled`, `channel_disabled` (the campaign's),
 * `unrouted` (no entry point has the number), `quarantined` (signed, but no SMS Twilio would send), `dead_letter`
 * (processing failed for good).
 */
export type Verdict = (typeof VERDICTS)[number];

/** What has the number that was texted; null when nothing has. */
export interface Destination {
  state: EntryPointState;
  smsInboundEnabled: boolean;
}

export function decideVerdict(destination: Destination | null): Verdict {
  if (destination === null) return 'unrouted';
  if (destination.state === 'disabled') return 'entry_point_disabled';
  if (!destination.smsInboundEnabled) return 'channel_disabled';
  return 'accepted';
}
