import { useQuery } from '@tanstack/react-query';
import { contactsListEarlierQueryKey } from '../api/generated/@tanstack/react-query.gen.ts';
import { contactsListEarlier } from '../api/generated/sdk.gen.ts';
import { readAllPages } from '../api/all-pages.ts';

/** The customer's contacts of before, oldest first. */
export const useEarlierContacts = (contactId: string) =>
  useQuery({
    queryKey: contactsListEarlierQueryKey({ path: { id: contactId } }),
    queryFn: ({ signal }) =>
      readAllPages((query) => contactsListEarlier({ path: { id: contactId }, query, signal, throwOnError: true })),
  });
