import { Group, Paper, Stack, Switch, Text, Title, Tooltip } from '@mantine/core';
import { IconFlag, IconLanguage, IconMail, IconPhone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto, EntryPointTrafficDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { EntryPointMenu } from './entry-point-menu.tsx';
import { useActivation } from './use-activation.ts';
import { WebhookState } from './webhook-state.tsx';

interface EntryPointCardProps {
  entryPoint: EntryPointDto;
  campaign: CampaignDto | undefined;
  traffic: EntryPointTrafficDto | undefined;
}

/** One entry point on the board. */
export function EntryPointCard({ entryPoint, campaign, traffic }: EntryPointCardProps) {
  const { t } = useTranslation('entry-points');
  const { languageName, number, ago } = useFormat();
  const activation = useActivation();
  const { id, name, language, phoneNumber, phoneNumberSid, webhook, webhookUrl } = entryPoint;
  const checked = webhook.checkedAt === null ? t('webhook.neverChecked') : ago(webhook.checkedAt);
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={`entry-point-${id}`}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <Title order={2} size="h4" id={`entry-point-${id}`} style={{ overflowWrap: 'anywhere' }}>
          <ScreenLink to="/entry-points/$id" params={{ id }} inherit>
            <bdi>{name}</bdi>
          </ScreenLink>
        </Title>
        <EntryPointMenu entryPoint={entryPoint} onToggle={() => activation.mutate(entryPoint)} />
      </Group>
      <Stack gap={6} my="sm">
        <Detail icon={<IconPhone size={18} />} tooltip={phoneNumberSid}>
          <PhoneNumber number={phoneNumber} />
        </Detail>
        <Detail icon={<IconLanguage size={18} />} tooltip={language}>
          {languageName(language)}
        </Detail>
        <Detail icon={<IconFlag size={18} />}>
          <bdi>{campaign?.name}</bdi>
        </Detail>
        <Tooltip label={t('webhook.tooltip', { url: webhookUrl, checked })} multiline maw={420} withArrow>
          <div>
            <WebhookState state={webhook.state} />
          </div>
        </Tooltip>
        <Detail icon={<IconMail size={18} />}>
          {traffic === undefined
            ? '…'
            : t('traffic', {
                today: t('today', { count: traffic.received, shown: number(traffic.received) }),
                waiting: t('waiting', { count: traffic.waiting, shown: number(traffic.waiting) }),
              })}
        </Detail>
      </Stack>
      <ActivationSwitch entryPoint={entryPoint} campaign={campaign} onToggle={() => activation.mutate(entryPoint)} />
    </Paper>
  );
}

function Detail({ icon, tooltip, children }: { icon: ReactNode; tooltip?: string; children: ReactNode }) {
  return (
    <Tooltip label={tooltip} disabled={tooltip === undefined} withArrow>
      <Group gap={8} wrap="nowrap">
        <Text span c="dimmed" lh={0} aria-hidden>
          {icon}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {children}
        </Text>
      </Group>
    </Tooltip>
  );
}

/** Its own switch; while the campaign is off, it holds from when that is on again. */
function ActivationSwitch({
  entryPoint: { name, state },
  campaign,
  onToggle,
}: Pick<EntryPointCardProps, 'entryPoint' | 'campaign'> & { onToggle: () => void }) {
  const { t } = useTranslation('entry-points');
  const isActive = state === 'active';
  const isOverridden = campaign !== undefined && !campaign.smsInboundEnabled;
  return (
    <Group gap="xs">
      <Switch
        checked={isActive}
        onChange={onToggle}
        color={isOverridden ? 'gray' : 'green'}
        aria-label={t('activationOf', { name })}
      />
      <Text size="sm" c={isOverridden || !isActive ? 'dimmed' : undefined} aria-hidden>
        {t(isActive ? 'active' : 'disabled')}
      </Text>
      {isOverridden && (
        <Text size="sm" c="dimmed">
          {t('overridden')}
        </Text>
      )}
    </Group>
  );
}
