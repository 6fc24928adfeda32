import { Group, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpCircle,
  IconPlugConnectedX,
  IconUnlink,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WebhookStatusDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';

type State = WebhookStatusDto['state'];

const LOOKS: Record<State, { icon: typeof IconUnlink; color: string }> = {
  set: { icon: IconCircleCheck, color: 'green' },
  not_set: { icon: IconUnlink, color: 'orange' },
  changed: { icon: IconAlertTriangle, color: 'orange' },
  overridden_by_application: { icon: IconAlertTriangle, color: 'orange' },
  overridden_by_messaging_service: { icon: IconAlertTriangle, color: 'orange' },
  number_missing: { icon: IconAlertTriangle, color: 'red' },
  unknown: { icon: IconHelpCircle, color: 'dimmed' },
};

export const WEBHOOK_STATES = Object.keys(LOOKS) as State[];

/** Whether the SMS of a number reach us, in a word and a sign. */
export function WebhookState({ webhook: { state, checkedAt } }: { webhook: WebhookStatusDto }) {
  const { t } = useTranslation('entry-points');
  const { ago } = useFormat();
  const isUnreachable = state === 'unknown' && checkedAt !== null;
  const { icon, color } = LOOKS[state];
  const Icon = isUnreachable ? IconPlugConnectedX : icon;
  return (
    <Group gap={8} wrap="nowrap">
      <Text span c={isUnreachable ? 'orange' : color} lh={0}>
        <Icon size={18} aria-hidden />
      </Text>
      <Text size="sm">
        {isUnreachable ? t('webhook.unreachableSince', { ago: ago(checkedAt) }) : t(`webhook.state.${state}`)}
      </Text>
    </Group>
  );
}
