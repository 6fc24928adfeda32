import type { MessageDto, MessageMediaDto, MessagePageDto } from '../api/generated/types.gen.ts';

const HOUR_MS = 3_600_000;
const FINAL = new Set(['received', 'delivered', 'read', 'undelivered', 'failed']);

/** As much of a contact's thread as was read, from its end back. */
export interface Thread {
  /** Oldest first. */
  messages: MessageDto[];
  /** Where to read on towards its beginning; null when that is there. */
  olderCursor: string | null;
}

/** A thread with one page more towards its beginning. @param page newest first, as the service gives it */
export const withOlder = (messages: MessageDto[], page: MessagePageDto): Thread => ({
  messages: [...page.data.toReversed(), ...messages],
  olderCursor: page.nextCursor,
});

/** Whether what was read from the end back holds all that may have changed of what is known; the first page does, when nothing is. */
export function reachesAll(read: MessageDto[], known: Thread | undefined, now = Date.now()): boolean {
  if (known === undefined) return true;
  const rest = without(known.messages, read);
  return rest.length < known.messages.length && rest.every((message) => isSettled(message, now));
}

/** Puts what was read in the place of what is known of it; where the two do not touch, only what was read is left. */
export function joinThreads(known: Thread | undefined, read: Thread): Thread {
  if (known === undefined) return read;
  const rest = without(known.messages, read.messages);
  if (rest.length === 0 || rest.length === known.messages.length) return read;
  return { messages: [...rest, ...read.messages], olderCursor: known.olderCursor };
}

/** Shows a message that was just written: at the end, once. */
export const withMessage = (known: Thread, message: MessageDto): Thread => ({
  ...known,
  messages: [...without(known.messages, [message]), message],
});

/** Shows a picture or file as it is now. */
export const withMedia = (known: Thread, media: MessageMediaDto): Thread => ({
  ...known,
  messages: known.messages.map((message) =>
    message.media.some(({ id }) => id === media.id)
      ? { ...message, media: message.media.map((each) => (each.id === media.id ? media : each)) }
      : message,
  ),
});

function without(messages: MessageDto[], others: MessageDto[]): MessageDto[] {
  const ids = new Set(others.map(({ id }) => id));
  return messages.filter(({ id }) => !ids.has(id));
}

/** Nothing more is to be heard of it; a carrier that says nothing for an hour will not either. */
const isSettled = ({ status, at, media }: MessageDto, now: number): boolean =>
  (FINAL.has(status) || now - Date.parse(at) > HOUR_MS) && media.every(({ state }) => state !== 'pending');
