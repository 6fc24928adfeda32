import type { History } from '../history/history.ts';
import { countEach, type Violation } from './violation.ts';

/** I5: a customer has at most one open contact at an entry point. */
export function oneContactIsOpen({ contacts }: History): Violation[] {
  const open = countEach(
    contacts.filter(({ isOpen }) => isOpen).map((contact) => `${contact.customer} at ${contact.entryPointId}`),
  );
  return [...open]
    .filter(([, count]) => count > 1)
    .map(([who, count]) => ({ invariant: 'I5', harm: 'doubled', what: `${count} open contacts of ${who}` }));
}

/** I7: the consumer has acted on every event, on each once, and a contact's events are counted without a gap. */
export function eventsReachTheConsumer({ events, seenEvents }: History): Violation[] {
  const seen = countEach(seenEvents);
  const logged = new Set(events.map(({ id }) => id));
  const lost = events.filter(({ id }) => !seen.has(id));
  const doubled = [...seen].filter(([, count]) => count > 1);
  const invented = [...seen.keys()].filter((id) => !logged.has(id));
  return [
    ...lost.map(
      ({ id }) => ({ invariant: 'I7', harm: 'lost', what: `event ${id} did not reach the consumer` }) as const,
    ),
    ...doubled.map(([id]) => ({ invariant: 'I7', harm: 'doubled', what: `event ${id} had its effect twice` }) as const),
    ...invented.map((id) => ({ invariant: 'I7', harm: 'invented', what: `event ${id} is not in the log` }) as const),
    ...gapsIn(events),
  ];
}

function gapsIn(events: History['events']): Violation[] {
  return [...Map.groupBy(events, ({ contactId }) => contactId)].flatMap(([contactId, own]): Violation[] => {
    const versions = own.map(({ version }) => version).toSorted((a, b) => a - b);
    const wrong = versions.findIndex((version, i) => version !== i + 1);
    if (wrong === -1) return [];
    const harm = versions[wrong]! < wrong + 1 ? 'doubled' : 'lost';
    return [{ invariant: 'I7', harm, what: `contact ${contactId} has no event ${wrong + 1} where it should stand` }];
  });
}

/** Twilio may have it, and nobody can tell: an agent was told so. */
const UNKNOWN = 'unknown';
const FAILED = 'failed';

/** I8: a reply that the API took is one SMS, or is said to be unknown or failed; none is two. */
export function replyIsOneSms({ replies, messages, phoneMessages }: History): Violation[] {
  const sent = countEach(phoneMessages.map(({ body }) => body));
  const statusOf = new Map(messages.map(({ id, status }) => [id, status]));
  const given = new Set(replies.map(({ body }) => body));
  const wrong = replies.flatMap(({ body, messageId }): Violation[] => {
    const count = sent.get(body) ?? 0;
    if (count > 1) return [{ invariant: 'I8', harm: 'doubled', what: `"${body}" reached the phone ${count} times` }];
    if (messageId === null || count === 1) return [];
    const status = statusOf.get(messageId);
    if (status === UNKNOWN || status === FAILED) return [];
    return [{ invariant: 'I8', harm: 'lost', what: `"${body}" never reached the phone, and is ${status ?? 'gone'}` }];
  });
  const invented = [...sent.keys()].filter((body) => !given.has(body));
  return [
    ...wrong,
    ...invented.map(
      (body) => ({ invariant: 'I8', harm: 'invented', what: `"${body}" was sent, and nobody wrote it` }) as const,
    ),
  ];
}
