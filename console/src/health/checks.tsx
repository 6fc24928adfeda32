import { Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HealthCheckDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { ScreenButton } from '../ui/links.tsx';
import { StateBadge } from './state-badge.tsx';
import { WebhookList } from './webhook-list.tsx';

/** Where to do something about it; what is not here is for whoever runs the service. */
const NEXT_STEPS = {
  telephony: { to: '/settings', search: { tab: 'twilio' } },
  webhooks: { to: '/entry-points', search: { webhook: 'not-ok' } },
  signatures: { to: '/settings', search: { tab: 'twilio' } },
  reconciliation: { to: '/activity', search: { source: 'reconciled' } },
  inbound_backlog: { to: '/activity', search: {} },
  outbound_backlog: { to: '/desk', search: {} },
  event_consumers: { to: '/settings', search: { tab: 'consumers' } },
  dead_letters: { to: '/activity', search: { verdict: 'dead_letter', discarded: 'false' } },
} as const;

const URGENCY = { failing: 0, warning: 1, ok: 2 };

/** Everything that was looked at, the worst first: how it stands, why, and the next step. */
export function Checks({ checks }: { checks: HealthCheckDto[] }) {
  const { t } = useTranslation('health');
  const worstFirst = checks.toSorted((one, other) => URGENCY[one.state] - URGENCY[other.state]);
  return (
    <Stack gap="xs" role="list" aria-label={t('checksTitle')}>
      {worstFirst.map((check) => (
        <CheckRow key={`${check.name} ${check.reason}`} check={check} />
      ))}
    </Stack>
  );
}

function CheckRow({ check }: { check: HealthCheckDto }) {
  const { name, state, detail, reason, params, since, entryPoints } = check;
  const { t } = useTranslation('health');
  const say = useServiceText();
  const format = useFormat();
  const next = name in NEXT_STEPS ? NEXT_STEPS[name as keyof typeof NEXT_STEPS] : undefined;
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between">
        <Stack gap={4} flex={1} miw={240}>
          <Group gap="xs">
            <StateBadge state={state} />
            <Text fw={600}>{t(`checks.${name}`)}</Text>
            {since && (
              <Text size="sm" c="dimmed">
                {t('since', { at: format.dateTime(since) })}
              </Text>
            )}
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {say(`health.${reason}`, params) ?? detail}
          </Text>
          {entryPoints.length > 0 && <WebhookList entryPoints={entryPoints} />}
        </Stack>
        {state !== 'ok' && next && (
          <ScreenButton size="xs" variant="default" to={next.to} search={next.search}>
            {t(`nextSteps.${name}`)}
          </ScreenButton>
        )}
      </Group>
    </Paper>
  );
}
