import { Alert, Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useUser } from '../session/session.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { useAgentName } from './agents.ts';
import { useAccept, useReopen, useTakeOver } from './contact-actions.tsx';
import type { Lock } from './lock-of.ts';

/** Says why there is nothing to write in, and the way out. */
export function ComposerLock({ contact, lock }: { contact: ContactDto; lock: Lock }) {
  const { t } = useTranslation('desk');
  const agentName = useAgentName();
  return (
    <Alert
      color={lock === 'waiting' ? 'indigo' : 'gray'}
      radius={0}
      icon={<IconLock aria-hidden />}
      style={{ flexShrink: 0 }}
      role="status"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 200px">
          {t(`lock.${lock}`, { agent: agentName(contact.agentId), customer: contact.ani })}
        </Text>
        <WayOut contact={contact} lock={lock} />
      </Group>
    </Alert>
  );
}

function WayOut({ contact: { id, state }, lock }: { contact: ContactDto; lock: Lock }): ReactNode {
  const { t } = useTranslation('desk');
  const { accept, accepting } = useAccept();
  const takeOver = useTakeOver();
  const reopen = useReopen();
  const { can } = useUser();
  if (lock === 'closed') {
    return (
      <Button variant="default" size="sm" loading={reopen.isPending} onClick={() => reopen.reopen(id)}>
        {t('lock.reopen')}
      </Button>
    );
  }
  // Also of those who cannot be answered: somebody has to close them.
  if (state === 'waiting') {
    return (
      <Button size="sm" loading={accepting !== null} onClick={() => accept(id)} rightSection={<KeyHint>A</KeyHint>}>
        {t('accept')}
      </Button>
    );
  }
  if (lock === 'disconnected') {
    if (!can('telephony:write')) return <Text size="sm">{t('askAdmin')}</Text>;
    return (
      <Button variant="default" size="sm" renderRoot={(props) => <Link to="/settings" {...props} />}>
        {t('lock.settings')}
      </Button>
    );
  }
  if (lock !== 'another') return null;
  return (
    <Button variant="default" size="sm" loading={takeOver.isPending} onClick={() => takeOver.takeOver(id)}>
      {t('lock.takeOver')}
    </Button>
  );
}
