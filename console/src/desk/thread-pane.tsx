import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Composer } from './composer.tsx';
import { ComposerLock } from './composer-lock.tsx';
import { lockOf } from './lock.ts';
import { useContact } from './open-contact.ts';
import { useIsOffline } from './offline.ts';
import { useUser } from '../session/session.ts';
import { ThreadHeader } from './thread-header.tsx';
import { ThreadView } from './thread-view.tsx';

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
