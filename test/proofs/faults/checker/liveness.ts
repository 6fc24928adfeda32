import type { History } from '../history/history.ts';
import type { Violation } from './violation.ts';

/** Twilio's patience. */
const MAX_ANSWER_MS = 15_000;

/** I9: once all is whole again, texts are accepted; once all is quiet, nothing waits and nobody is said to work. */
export function nothingIsStuck({ texts, healedAt, journal, activeJobs }: History): Violation[] {
  const waiting = journal.filter(({ processedAt }) => processedAt === null);
  const refused = texts.filter(
    ({ sentAt, isAcked, isForged, isLost }) => sentAt >= healedAt && !isAcked && !isForged && !isLost,
  );
  return [
    ...refused.map(
      ({ sid }) => ({ invariant: 'I9', harm: 'lost', what: `${sid} was refused though nothing was broken` }) as const,
    ),
    ...waiting.map(
      ({ sid }) => ({ invariant: 'I9', harm: 'lost', what: `${sid} is stored and nobody processes it` }) as const,
    ),
    ...(activeJobs > 0
      ? [
          {
            invariant: 'I9',
            harm: 'lost',
            what: `${activeJobs} jobs are said to be worked on, and nobody does`,
          } as const,
        ]
      : []),
  ];
}

/** I10: every answer came in time, and Twilio could read it. */
export function answersAreWellFormed({ calls }: History): Violation[] {
  return calls.flatMap(({ sid, ms, status, isWellFormed }): Violation[] => {
    if (status === 0) return []; // no answer, so that Twilio tries again
    if (ms >= MAX_ANSWER_MS) {
      return [{ invariant: 'I10', harm: 'malformed', what: `${sid} was answered after ${Math.round(ms)} ms` }];
    }
    return isWellFormed
      ? []
      : [{ invariant: 'I10', harm: 'malformed', what: `${sid}: Twilio cannot read the ${status}` }];
  });
}
