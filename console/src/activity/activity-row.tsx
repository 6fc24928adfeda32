import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InboundSmsDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { SmsActions } from './sms-actions.tsx';
import { SourceBadge } from './source-badge.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

/** One SMS of the journal. */
export function ActivityRow({ sms }: { sms: InboundSmsDto }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" align="start">
        <Stack gap={4} flex={1} miw={220}>
          <Group gap="xs">
            <VerdictBadge verdict={sms.verdict} />
            <SourceBadge source={sms.source} />
            {sms.discardedAt && <Badge color="gray">{t('putAside')}</Badge>}
            <Text size="sm" c="dimmed">
              {format.dateTime(sms.receivedAt)}
            </Text>
          </Group>
          <ScreenLink to="/activity/$id" params={{ id: sms.id }} fw={600} size="sm">
            <PhoneNumber number={sms.from} /> → <PhoneNumber number={sms.to} />
          </ScreenLink>
          <Text size="sm" dir="auto" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
            {sms.body || t('noText')}
          </Text>
          {sms.lastError && (
            <Text size="sm" c="red" lang="en" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
              {sms.lastError}
            </Text>
          )}
        </Stack>
        <SmsActions sms={sms} size="xs" />
      </Group>
    </Paper>
  );
}
