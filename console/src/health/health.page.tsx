import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { healthReportGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { HealthReportDto } from '../api/generated/types.gen.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Page } from '../ui/page.tsx';
import { Backlog } from './backlog.tsx';
import { Checks } from './checks.tsx';
import { CopyReport } from './copy-report.tsx';
import { FlowPlot } from './flow-plot.tsx';
import { LastCheck } from './last-check.tsx';
import { QueuesTable } from './queues-table.tsx';
import { StateBadge } from './state-badge.tsx';

const AGAIN_MS = 5_000;

/** Whether everything works, and what to do about what does not. */
export function HealthPage() {
  const { t } = useTranslation('health');
  const report = useQuery({ ...healthReportGetOptions(), refetchInterval: AGAIN_MS, staleTime: 0 });
  return (
    <Page
      title={t('title')}
      actions={
        report.data && (
          <Group gap="sm">
            <LastCheck at={report.dataUpdatedAt} />
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => void report.refetch()}
            >
              {t('checkNow')}
            </Button>
            <CopyReport report={report.data} />
          </Group>
        )
      }
    >
      <Stack gap="lg" maw={960}>
        {report.isPending && <ListSkeleton rows={6} height={64} />}
        {report.isError && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
        {report.data && <Report report={report.data} />}
      </Stack>
    </Page>
  );
}

function Report({ report }: { report: HealthReportDto }) {
  const { t } = useTranslation('health');
  return (
    <>
      <Group gap="sm" role="status">
        <StateBadge state={report.status} />
        <Text fw={600}>{t(`overall.${report.status}`)}</Text>
      </Group>
      <Checks checks={report.checks} />
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('flow.title')}
        </Title>
        <FlowPlot flow={report.flow} />
      </Stack>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('backlog.title')}
        </Title>
        <Backlog backlog={report.backlog} />
      </Stack>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('queues.title')}
        </Title>
        <QueuesTable queues={report.queues} />
      </Stack>
    </>
  );
}
