import { useEffect } from 'react';
import { type LiveEvent, useLiveEvent } from '../live/live-events.ts';
import { findContact, readBeginnings, readContact } from './contact-lists.ts';
import { contactRounds } from './contact-rounds.ts';

const rounds = contactRounds({
  isKnown: (id) => findContact(id) !== undefined,
  readOne: readContact,
  readBeginnings,
});

const hear = ({ contactId }: LiveEvent): void => rounds.add(contactId);

/** Keeps the lists as events tell, while the desk is there. */
export function useLiveContacts(): void {
  useEffect(() => rounds.forget, []);
  useLiveEvent(hear);
}
