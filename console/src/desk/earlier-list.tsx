import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { useEarlierContacts } from './earlier-contacts.ts';

const FIRST_SHOWN = 5;

/** The customer's contacts of before, newest first. */
export function EarlierContacts({ contactId }: { contactId: string }) {
  const { t } = useTranslation('desk');
  const { date } = useFormat();
  const { data: earlier, error, isPending, refetch } = useEarlierContacts(contactId);
  const [isWhole, setWhole] = useState(false);
  if (isPending) return <ListSkeleton rows={1} height={20} />;
  if (earlier === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const newestFirst = earlier.toReversed();
  if (earlier.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('earlier.none')}
      </Text>
    );
  }
  return (
    <Stack gap={4} align="flex-start">
      {newestFirst.slice(0, isWhole ? undefined : FIRST_SHOWN).map(({ id, createdAt, state, messageCount }) => (
        <Anchor key={id} size="sm" renderRoot={(props) => <Link to="/desk/$id" params={{ id }} {...props} />}>
          {t('earlier.one', { date: date(createdAt), state: t(`state.${state}`), count: messageCount })}
        </Anchor>
      ))}
      {!isWhole && earlier.length > FIRST_SHOWN && (
        <Button size="compact-xs" variant="default" onClick={() => setWhole(true)}>
          {t('earlier.all', { count: earlier.length })}
        </Button>
      )}
    </Stack>
  );
}
