import { Group, Paper, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconFlag, IconLanguage, IconMail, IconPhone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto, EntryPointTrafficDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { ActivationSwitch } from './activation-switch.tsx';
import { EntryPointMenu } from './entry-point-menu.tsx';
import { useActivation } from './use-activation.ts';
import { WebhookState } from './webhook-state.tsx';

interface EntryPointCardProps {
  entryPoint: EntryPointDto;
  campaign: CampaignDto | undefined;
  traffic: EntryPointTrafficDto | undefined;
  areAllDisabled: boolean;
}

/** One entry point on the board. */
export function EntryPointCard({ entryPoint, campaign, traffic, areAllDisabled }: EntryPointCardProps) {
  const { t } = useTranslation('entry-points');
  const { languageName, number } = useFormat();
  const activation = useActivation();
  const { id, name, language, phoneNumber, phoneNumberSid, webhook } = entryPoint;
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
        <Detail icon={<IconFlag size={18} />} tooltip={campaign?.languages.map(languageName).join(', ')}>
          <bdi>{campaign?.name}</bdi>
        </Detail>
        <Tooltip label={<WebhookDetails entryPoint={entryPoint} />} multiline maw={420} withArrow>
          <div>
            <WebhookState webhook={webhook} />
          </div>
        </Tooltip>
        <Detail icon={<IconMail size={18} />} tooltip={<LastSms traffic={traffic} />}>
          {traffic === undefined
            ? '…'
            : t('traffic', {
                today: t('today', { count: traffic.received, shown: number(traffic.received) }),
                waiting: t('waiting', { count: traffic.waiting, shown: number(traffic.waiting) }),
              })}
        </Detail>
      </Stack>
      <ActivationSwitch
        entryPoint={entryPoint}
        campaign={campaign}
        areAllDisabled={areAllDisabled}
        onToggle={() => activation.mutate(entryPoint)}
      />
    </Paper>
  );
}

function Detail({ icon, tooltip, children }: { icon: ReactNode; tooltip: ReactNode; children: ReactNode }) {
  return (
    <Tooltip label={tooltip} withArrow>
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

/** Rendered when it is looked at: how long ago is as of then. */
function WebhookDetails({ entryPoint: { webhookUrl, webhook } }: { entryPoint: EntryPointDto }) {
  const { t } = useTranslation('entry-points');
  const { ago } = useFormat();
  const checked = webhook.checkedAt === null ? t('webhook.neverChecked') : ago(webhook.checkedAt);
  return t('webhook.tooltip', { url: webhookUrl, checked });
}

function LastSms({ traffic }: { traffic: EntryPointTrafficDto | undefined }) {
  const { t } = useTranslation('entry-points');
  const { dateTime } = useFormat();
  const at = traffic?.lastReceivedAt;
  return at ? t('webhook.lastReceived', { at: dateTime(at) }) : t('webhook.neverReceived');
}
