import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HealthCheckDto } from '../api/generated/types.gen.ts';

const LOOKS = {
  ok: { color: 'green', icon: IconCircleCheck },
  warning: { color: 'orange', icon: IconAlertTriangle },
  failing: { color: 'red', icon: IconCircleX },
} as const;

export function StateBadge({ state }: { state: HealthCheckDto['state'] }) {
  const { t } = useTranslation('health');
  const { color, icon: Icon } = LOOKS[state];
  return (
    <Badge color={color} leftSection={<Icon size={14} aria-hidden />} style={{ flexShrink: 0 }}>
      {t(`states.${state}`)}
    </Badge>
  );
}
