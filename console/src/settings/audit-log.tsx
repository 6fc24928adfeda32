import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { auditLogListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AuditEntryDto } from '../api/generated/types.gen.ts';
import { EmptyState } from '../ui/list-states.tsx';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';
import { AUDIT_ACTIONS } from './audit-actions.ts';
import { AuditEntry } from './audit-entry.tsx';
import { SectionHead } from '../ui/section-head.tsx';

/** Who changed what, newest first. */
export function AuditLog() {
  const { t } = useTranslation('settings');
  const { action, subject } = useSearch({ strict: false });
  const show = useShow();
  const isFiltered = action !== undefined || subject !== undefined;
  const changes = useInfiniteQuery({
    ...auditLogListInfiniteOptions({
      query: {
        ...(action !== undefined && { action: action as AuditEntryDto['action'] }),
        ...(subject !== undefined && { subjectId: subject }),
      },
    }),
    ...BY_CURSOR,
    // Others change things, too.
    staleTime: 0,
  });
  const showAll = (
    <Button variant="default" onClick={() => show({})}>
      {t('audit.showAll')}
    </Button>
  );
  return (
    <Stack maw={860}>
      <SectionHead text={t('audit.intro')} />
      <Group align="end">
        <NativeSelect
          label={t('audit.action')}
          value={action ?? ''}
          data={[
            { value: '', label: t('audit.anyAction') },
            ...AUDIT_ACTIONS.map((value) => ({ value, label: t(`audit.actions.${value}`, { name: '…' }) })),
          ]}
          onChange={({ currentTarget: { value } }) => show({ action: value || undefined, subject })}
        />
        {isFiltered && showAll}
      </Group>
      <PagedList
        query={changes}
        empty={
          <EmptyState
            icon={<IconHistory aria-hidden />}
            title={t(isFiltered ? 'audit.noneFound' : 'audit.empty')}
            action={isFiltered ? showAll : undefined}
          />
        }
      >
        {(rows) => (
          <Stack gap="xs" role="list" aria-label={t('audit.list')}>
            {rows.map((entry) => (
              <AuditEntry key={entry.id} entry={entry} onOnlyThis={() => show({ subject: entry.subject.id })} />
            ))}
          </Stack>
        )}
      </PagedList>
    </Stack>
  );
}

interface Shown {
  action?: string | undefined;
  subject?: string | undefined;
}

function useShow(): (shown: Shown) => void {
  const navigate = useNavigate();
  return (shown) => void navigate({ to: '/settings', search: { tab: 'audit-log', ...shown } });
}
