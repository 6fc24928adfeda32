import { badRequest } from './twilio-error.ts';
import type { Query } from './page.ts';

const DAY_MS = 86_400_000;

/**
 * A bare day means its first second (GMT), also for `DateSent<`: to include that day, ask for the next one.
 * Twilio compares whole seconds, so the dates that it shows can be used as filters.
 */
export function dateSentFilter(query: Query): (at: number) => boolean {
  const day = query.DateSent;
  const [on, before, after] = [day, query['DateSent<'], query['DateSent>']].map((text) =>
    text ? parse(text) : undefined,
  );
  const onUntil = on === undefined ? undefined : on + (isDay(day!) ? DAY_MS - 1_000 : 0);
  return (at) => {
    const second = at - (at % 1_000);
    return (
      (on === undefined || (second >= on && second <= onUntil!)) &&
      (before === undefined || second <= before) &&
      (after === undefined || second >= after)
    );
  };
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

function parse(text: string): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw badRequest(20001, `DateSent is not a date: ${text}`);
  return at - (at % 1_000);
}
