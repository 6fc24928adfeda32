import { Tabs } from '@mantine/core';
import {
  IconBan,
  IconBrandAbstract,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconMessage2Bolt,
  IconPlugConnected,
  IconUsers,
} from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CannedReplies } from './canned-replies.tsx';
import { Page } from '../ui/page.tsx';
import { About } from './about.tsx';
import { ApiKeys } from './api-keys.tsx';
import { AuditLog } from './audit-log.tsx';
import { BlockedSenders } from './blocked-senders.tsx';
import { Consumers } from './consumers.tsx';
import { TwilioConnection } from './twilio-connection.tsx';
import { Users } from './users.tsx';

const TABS = [
  { name: 'twilio', icon: IconPlugConnected, Panel: TwilioConnection },
  { name: 'users', icon: IconUsers, Panel: Users },
  { name: 'api-keys', icon: IconKey, Panel: ApiKeys },
  { name: 'consumers', icon: IconBrandAbstract, Panel: Consumers },
  { name: 'blocked-senders', icon: IconBan, Panel: BlockedSenders },
  { name: 'canned-replies', icon: IconMessage2Bolt, Panel: CannedReplies },
  { name: 'audit-log', icon: IconHistory, Panel: AuditLog },
  { name: 'about', icon: IconInfoCircle, Panel: About },
] as const;

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const { tab } = useSearch({ strict: false });
  const current = TABS.find(({ name }) => name === tab) ?? TABS[0];
  return (
    <Page title={t('title')}>
      <Tabs
        value={current.name}
        keepMounted={false}
        onChange={(name) => void navigate({ to: '/settings', search: { tab: name ?? undefined } })}
      >
        <Tabs.List mb="lg" aria-label={t('title')}>
          {TABS.map(({ name, icon: Icon }) => (
            <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} aria-hidden />}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ name, Panel }) => (
          <Tabs.Panel key={name} value={name}>
            <Panel />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
