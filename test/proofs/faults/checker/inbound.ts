import type { History } from '../history/history.ts';
import { countEach, type Violation } from './violation.ts';

/** I1: what was answered with 2xx is in the journal, and nothing is there twice. */
export function ackedIsStoredOnce({ texts, journal }: History): Violation[] {
  const rows = countEach(journal.map(({ sid }) => sid));
  const lost = texts.filter(({ sid, isAcked, isForged }) => isAcked && !isForged && !rows.has(sid));
  const doubled = [...rows].filter(([, count]) => count > 1);
  return [
    ...lost.map(
      ({ sid }) => ({ invariant: 'I1', harm: 'lost', what: `${sid} was acknowledged and is not stored` }) as const,
    ),
    ...doubled.map(
      ([sid, count]) => ({ invariant: 'I1', harm: 'doubled', what: `${sid} is stored ${count} times` }) as const,
    ),
  ];
}

/** I2: what is in the journal was sent, and signed by Twilio or in Twilio's own list. */
export function storedWasSent({ texts, journal, isReconciled }: History): Violation[] {
  const genuine = new Set(texts.filter(({ isForged }) => !isForged || isReconciled).map(({ sid }) => sid));
  const invented = journal.filter(({ sid }) => !genuine.has(sid));
  const believed = texts.filter(({ isForged, isAcked }) => isForged && isAcked);
  return [
    ...invented.map(
      ({ sid }) => ({ invariant: 'I2', harm: 'invented', what: `${sid} is stored and was never sent` }) as const,
    ),
    ...believed.map(
      ({ sid }) =>
        ({ invariant: 'I2', harm: 'invented', what: `${sid} was acknowledged with a wrong signature` }) as const,
    ),
  ];
}

/** I3: each row of the journal is one message of one contact, or says why it is none. */
export function storedIsOneMessage({ journal, messages }: History): Violation[] {
  const lines = countEach(messages.flatMap(({ inboundSmsId }) => inboundSmsId ?? []));
  const known = new Set(journal.map(({ id }) => id));
  const wrong = journal.flatMap(({ id, sid, verdict }): Violation[] => {
    const count = lines.get(id) ?? 0;
    if (verdict === 'accepted' && count === 0) {
      return [{ invariant: 'I3', harm: 'lost', what: `${sid} is accepted and in no thread` }];
    }
    if (verdict === 'dead_letter') return [{ invariant: 'I3', harm: 'lost', what: `${sid} is a dead letter` }];
    return count > 1 ? [{ invariant: 'I3', harm: 'doubled', what: `${sid} is in threads ${count} times` }] : [];
  });
  const invented = [...lines.keys()].filter((id) => !known.has(id));
  return [
    ...wrong,
    ...invented.map(
      (id) => ({ invariant: 'I3', harm: 'invented', what: `a message of ${id}, which nobody sent` }) as const,
    ),
  ];
}

/** I6: once Twilio was asked what was missed, everything sent is in the journal. */
export function sentIsStored({ isReconciled, texts, journal }: History): Violation[] {
  if (!isReconciled) return [];
  const stored = new Set(journal.map(({ sid }) => sid));
  // Also a wrongly signed one: the request was forged, the SMS is in Twilio's list.
  return texts
    .filter(({ sid, isAcked }) => !isAcked && !stored.has(sid))
    .map(({ sid }) => ({ invariant: 'I6', harm: 'lost', what: `${sid} is in Twilio's list and not stored` }));
}
