import { Badge } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InboundSmsDto } from '../api/generated/types.gen.ts';

type Source = InboundSmsDto['source'];

export const SOURCES = ['webhook', 'reconciled'] as const satisfies Source[];

/** Marks an SMS that never came and was fetched from Twilio's list; the others need no mark. */
export function SourceBadge({ source }: { source: Source }) {
  const { t } = useTranslation('activity');
  if (source === 'webhook') return null;
  return (
    <Badge color="orange" leftSection={<IconReload size={14} aria-hidden />} style={{ flexShrink: 0 }}>
      {t('sources.reconciled')}
    </Badge>
  );
}
