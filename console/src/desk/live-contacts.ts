import { useEffect } from 'react';
import { type LiveEvent, useLiveEvent } from '../live/live-events.ts';
import { findContact, readBeginnings, readContact } from './contact-lists.ts';

const GATHER_MS = 200;
/** Of more contacts than that, those that nobody sees yet are read as a page and not one by one. */
const FEW = 20;
const AT_ONCE = 4;

const changed = new Set<string>();
let isReading = false;

/** Keeps the lists as events tell, while the desk is there. */
export function useLiveContacts(): void {
  useEffect(() => () => changed.clear(), []);
  useLiveEvent(hear);
}

function hear({ contactId }: LiveEvent): void {
  changed.add(contactId);
  if (!isReading) void readOn();
}

/** One round after the other: many events at once become one round, however fast they come. */
async function readOn(): Promise<void> {
  isReading = true;
  try {
    while (changed.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      const ids = [...changed];
      changed.clear();
      await readChanged(ids);
    }
  } finally {
    isReading = false;
  }
}

async function readChanged(ids: string[]): Promise<void> {
  const areFew = ids.length <= FEW;
  const oneByOne = areFew ? ids : ids.filter((id) => findContact(id) !== undefined);
  // What cannot be read now is read once the stream is there again: then everything is.
  if (!areFew) await readBeginnings().catch(() => undefined);
  for (let at = 0; at < oneByOne.length; at += AT_ONCE) {
    await Promise.allSettled(oneByOne.slice(at, at + AT_ONCE).map(readContact));
  }
}
