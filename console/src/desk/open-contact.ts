import { useQuery } from '@tanstack/react-query';
import { contactsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { findContact } from './contact-lists.ts';

/** A contact that is open; until it is read, as the list knows it. */
export const useContact = (contactId: string) =>
  useQuery({
    ...contactsGetOptions({ path: { id: contactId } }),
    placeholderData: () => findContact(contactId),
  });
