import type { MediaFailure } from '../twilio-integration/twilio-media.service.js';

/** Failures on our side: the media store rejected the file, or the process died during each attempt. */
export type FetchFailure = MediaFailure | 'not_stored' | 'interrupted';

interface FailureRule {
  /** What a person reads in place of the picture, with the way out if there is one. */
  reason: string;
  /** Seconds before each retry; after the last one the file is unavailable. */
  waits: readonly number[];
}

const NEVER_AGAIN: readonly number[] = [];
/** Right after the webhook Twilio may not have it yet. */
const MAY_LAG = [3, 15] as const;
const MAY_PASS = [5, 30, 120, 600] as const;

const RULES: Record<FetchFailure, FailureRule> = {
  foreign_address: {
    reason: 'Its address does not belong to your Twilio account, so it was not fetched.',
    waits: NEVER_AGAIN,
  },
  foreign_redirect: {
    reason: 'Twilio redirected to an address that is not its own, so it was not fetched.',
    waits: NEVER_AGAIN,
  },
  too_big: {
    reason: 'It is larger than the limit (MEDIA_MAX_BYTES). You can still see it in the Twilio Console.',
    waits: NEVER_AGAIN,
  },
  not_found: {
    reason: 'Twilio does not have it: it was deleted there, or never arrived. Ask the customer to send it again.',
    waits: MAY_LAG,
  },
  not_connected: {
    reason: 'No Twilio account is connected. Connect one (PUT /api/v1/telephony), then fetch it again.',
    waits: MAY_PASS,
  },
  credentials_refused: {
    reason: 'Twilio refused the AUTH TOKEN. Check it (POST /api/v1/telephony/verify), then fetch it again.',
    waits: MAY_PASS,
  },
  too_slow: {
    reason: 'Twilio did not deliver it within 30 seconds, several times. Fetch it again later.',
    waits: MAY_PASS,
  },
  twilio_unavailable: {
    reason: 'Twilio could not be reached or did not deliver it, several times. Fetch it again later.',
    waits: MAY_PASS,
  },
  not_stored: {
    reason: 'It could not be stored here; an administrator finds the cause in the log. Fetch it again later.',
    waits: MAY_PASS,
  },
  interrupted: {
    reason: 'Fetching it was interrupted several times. Fetch it again later.',
    waits: NEVER_AGAIN,
  },
};

export const FETCH_FAILURES = Object.keys(RULES) as FetchFailure[];

/** The failure with this wording of its reason; null if the wording has changed since. */
export const failureBehind = (reason: string | null): FetchFailure | null =>
  FETCH_FAILURES.find((failure) => RULES[failure].reason === reason) ?? null;

/** How many attempts may end without a result because the process died. */
export const MAX_TRIES = MAY_PASS.length + 1;

/** What to do after the attempt of this number: wait so many seconds, or give up for this reason. */
export function afterFailure(failure: FetchFailure, attempts: number): { waitSeconds: number } | { reason: string } {
  const { reason, waits } = RULES[failure];
  const waitSeconds = waits[attempts - 1];
  return waitSeconds === undefined ? { reason } : { waitSeconds };
}
