import { Alert, Box, Button } from '@mantine/core';
import { IconMessageOff, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { statusOf } from '../api/problem.ts';
import { EmptyState, ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Composer } from './composer.tsx';
import { ComposerLock } from './composer-lock.tsx';
import { useLock, useTelephonyState } from './lock.ts';
import { useContact } from './open-contact.ts';
import { useIsOffline } from './offline.ts';
import { TelephonyNotice } from './telephony-notice.tsx';
import { ThreadHeader } from './thread-header.tsx';
import { ThreadView } from './thread-view.tsx';

/** The open contact: what was said, and the place to answer. */
export function ThreadPane({ contactId }: { contactId: string }) {
  const { data: contact, error, isError, refetch } = useContact(contactId);
  if (contact !== undefined) return <OpenThread contact={contact} />;
  if (statusOf(error) === 404) return <NoSuchContact />;
  return <Box p="sm">{isError ? <ErrorState error={error} onRetry={() => void refetch()} /> : <ListSkeleton />}</Box>;
}

function OpenThread({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  const isOffline = useIsOffline();
  const lock = useLock(contact);
  const isFailing = useTelephonyState() === 'failing';
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
        <>
          {isFailing && <TelephonyNotice />}
          <Composer contact={contact} isOffline={isOffline} />
        </>
      ) : (
        <ComposerLock contact={contact} lock={lock} />
      )}
    </>
  );
}

function NoSuchContact() {
  const { t } = useTranslation('desk');
  return (
    <EmptyState
      icon={<IconMessageOff aria-hidden />}
      title={t('notFound')}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/desk" {...props} />}>
          {t('back')}
        </Button>
      }
    />
  );
}
