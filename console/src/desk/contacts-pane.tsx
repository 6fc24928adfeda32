import { ActionIcon, Badge, Box, Group, Tabs } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ContactCountsDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { AlertSwitches } from './alert-switches.tsx';
import { type Tab, TABS } from './contact-filter.ts';
import { useContactFilter } from './use-contact-filter.ts';
import { ContactList } from './contact-list.tsx';
import { ContactSearch } from './contact-search.tsx';
import { shellDialog } from '../navigation/shell-dialog.ts';
import classes from './desk.module.css';

const MAX_COUNTED = 999;

interface ContactsPaneProps {
  openId: string | undefined;
  counts: ContactCountsDto | undefined;
}

/** Which contacts there are: those that wait, one's own, all. */
export function ContactsPane({ openId, counts }: ContactsPaneProps) {
  const { t } = useTranslation('desk');
  const { number } = useFormat();
  const { filter, change } = useContactFilter();
  const countOf: Record<Tab, number | undefined> = {
    new: counts?.waiting,
    mine: counts?.mine,
    all: counts && counts.waiting + counts.active,
  };
  return (
    <Tabs
      value={filter.tab}
      onChange={(tab) => change({ tab: (tab ?? 'new') as Tab })}
      className={`${classes['pane']} ${classes['tabs']}`}
    >
      <Box px="xs" pt="xs">
        <Group justify="flex-end" gap={4} mb={4} wrap="nowrap">
          <ContactSearch />
          <AlertSwitches />
          <ActionIcon aria-label={t('keys')} title={t('keys')} onClick={() => shellDialog.set('keys')}>
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </Box>
      <Tabs.List aria-label={t('pane.contacts')} grow>
        {TABS.map((tab) => (
          <Tabs.Tab
            key={tab}
            value={tab}
            px="xs"
            className={classes['tab']}
            rightSection={
              countOf[tab] !== undefined && (
                <Badge size="sm" px={6} title={t(`tab.${tab}Count`, { count: countOf[tab] })} style={{ flexShrink: 0 }}>
                  {countOf[tab] > MAX_COUNTED ? `${MAX_COUNTED}+` : number(countOf[tab])}
                </Badge>
              )
            }
          >
            {t(`tab.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((tab) => (
        <Tabs.Panel
          key={tab}
          value={tab}
          style={tab === filter.tab ? { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 } : undefined}
        >
          {tab === filter.tab && <ContactList key={tab} filter={filter} openId={openId} />}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
