import { Group, Text } from '@mantine/core';
import {
  IconAlertCircle,
  IconCheck,
  IconChecks,
  IconClock,
  IconEye,
  IconHelpCircle,
  IconSend,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Twilio's words for how far a text has come. */
const STATUSES = {
  queued: [IconClock, 'dimmed'],
  sending: [IconSend, 'dimmed'],
  sent: [IconCheck, 'dimmed'],
  delivered: [IconChecks, 'dimmed'],
  read: [IconEye, 'dimmed'],
  undelivered: [IconAlertCircle, 'red'],
  failed: [IconAlertCircle, 'red'],
  unknown: [IconHelpCircle, 'dimmed'],
} as const;

const isKnown = (status: string): status is keyof typeof STATUSES => Object.hasOwn(STATUSES, status);

export function MessageStatus({ status }: { status: string }) {
  const { t } = useTranslation('desk');
  const known = isKnown(status) ? status : 'unknown';
  const [Icon, color] = STATUSES[known];
  return (
    <Text size="xs" c={color} component="div" title={known === 'unknown' ? t('status.unknownText') : undefined}>
      <Group gap={2} wrap="nowrap">
        <Icon size={14} aria-hidden />
        {t(`status.${known}`)}
      </Group>
    </Text>
  );
}
