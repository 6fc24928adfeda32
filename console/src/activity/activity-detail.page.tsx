import { Alert, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { inboundSmsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { InboundSmsDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Page } from '../ui/page.tsx';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { Parameters } from './parameters.tsx';
import { SmsActions } from './sms-actions.tsx';
import { SourceBadge } from './source-badge.tsx';
import { TraceLine } from './trace-line.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

const WAITING_MS = 1_000;

/** One SMS: what Twilio sent, what became of it, why, and what can be done. */
export function ActivityDetailPage() {
  const { t } = useTranslation('activity');
  const { id = '' } = useParams({ strict: false });
  const sms = useQuery({
    ...inboundSmsGetOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data?.verdict === null ? WAITING_MS : false),
  });
  return (
    <Page title={t('detailTitle')}>
      <Stack maw={860}>
        <ScreenLink to="/activity">
          <Group gap={4}>
            <IconArrowLeft size={16} aria-hidden />
            {t('back')}
          </Group>
        </ScreenLink>
        {sms.isPending && <ListSkeleton rows={3} height={90} />}
        {sms.isError && !sms.data && <ErrorState error={sms.error} onRetry={() => void sms.refetch()} />}
        {sms.data && <Detail sms={sms.data} />}
      </Stack>
    </Page>
  );
}

function Detail({ sms }: { sms: InboundSmsDto }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  return (
    <>
      <Paper withBorder p="md">
        <Stack gap="sm">
          <Group justify="space-between">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              <PhoneNumber number={sms.from} /> → <PhoneNumber number={sms.to} />
            </Text>
            <Group gap="xs" role="status">
              <VerdictBadge verdict={sms.verdict} />
              <SourceBadge source={sms.source} />
              {sms.discardedAt && <Badge color="gray">{t('putAside')}</Badge>}
            </Group>
          </Group>
          <Text dir="auto" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {sms.body || t('noText')}
          </Text>
        </Stack>
      </Paper>
      <TraceLine sms={sms} />
      <Text size="sm">{t(`reasons.${sms.verdict ?? 'waiting'}`)}</Text>
      {sms.source === 'reconciled' && (
        <Text size="sm">
          {t('reconciled')} {sms.body === '' && t('reconciledWithoutText')}
        </Text>
      )}
      {sms.lastError && (
        <Alert color="red" title={t('lastError', { count: sms.attempts })}>
          <Text size="sm" lang="en" style={{ overflowWrap: 'anywhere' }}>
            {sms.lastError}
          </Text>
        </Alert>
      )}
      {sms.discardedAt && (
        <Text size="sm" c="dimmed">
          {t('discardedAt', { at: format.dateTime(sms.discardedAt) })}
        </Text>
      )}
      <SmsActions sms={sms} size="sm" />
      <Title order={2} size="h4" mt="md">
        {t('parameters')}
      </Title>
      <Parameters raw={sms.raw} />
    </>
  );
}
