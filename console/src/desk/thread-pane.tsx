import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Composer } from './composer.tsx';
import { ComposerLock, lockOf } from './composer-lock.tsx';
import { findContact } from './contact-lists.ts';
import { useIsOffline } from './offline.ts';
import { useUser } from '../session/session.ts';
import { ThreadHeader } from './thread-header.tsx';
import { ThreadView } from './thread-view.tsx';

export const useContact = (contactId: string) =>
  useQuery({
    ...contactsGetOptions({ path: { id: contactId } }),
    placeholderData: () => findContact(contactId),
  });

/** The open contact: what was said, and the place to answer. */
export function ThreadPane({ contactId }: { contactId: string }) {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const isOffline = useIsOffline();
  const { data: contact, error, isError, refetch } = useContact(contactId);
  if (contact === undefined) {
    return isError ? <ErrorState error={error} onRetry={() => void refetch()} /> : <ListSkeleton />;
  }
  const lock = lockOf(contact, agentId);
  return (
    <>
      <ThreadHeader contact={contact} />
      {isOffline && (
        <Alert color="orange" radius={0} py="xs" icon={<IconPlugConnectedX aria-hidden />} role="status">
          {t('offline')}
        </Alert>
      )}
      <ThreadView contact={contact} />
      {lock === null ? (
        <Composer contact={contact} isOffline={isOffline} />
      ) : (
        <ComposerLock contact={contact} lock={lock} />
      )}
    </>
  );
}
