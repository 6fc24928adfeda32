import { Badge, Group, Stack, Switch, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignDto, EntryPointDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';

interface ActivationSwitchProps {
  entryPoint: EntryPointDto;
  campaign: CampaignDto | undefined;
  areAllDisabled: boolean;
  onToggle: () => void;
}

/** Its own switch. While its campaign is off, or all are disabled, it can be set for when that ends. */
export function ActivationSwitch({ entryPoint, campaign, areAllDisabled, onToggle }: ActivationSwitchProps) {
  const { t } = useTranslation('entry-points');
  const { dateTime } = useFormat();
  const { id, name, state, updatedAt } = entryPoint;
  const isCampaignOff = campaign?.smsInboundEnabled === false;
  const isOverridden = areAllDisabled || isCampaignOff;
  const reason = `activation-${id}`;
  return (
    <Stack gap={6}>
      <Tooltip label={t('lastChanged', { at: dateTime(updatedAt) })} withArrow>
        <Group gap="xs">
          <Switch
            checked={state === 'active'}
            onChange={onToggle}
            color={isOverridden ? 'gray.6' : 'green'}
            aria-label={t('activationOf', { name })}
            aria-describedby={isOverridden ? reason : undefined}
          />
          <Text size="sm" c={isOverridden || state === 'disabled' ? 'dimmed' : undefined} aria-hidden>
            {t(state)} {isOverridden && t('overridden')}
          </Text>
          {isCampaignOff && <Badge color="gray">{t('campaignDisabled')}</Badge>}
        </Group>
      </Tooltip>
      {isOverridden && (
        <Text size="xs" c="dimmed" id={reason}>
          {t(areAllDisabled ? 'takesEffect.all' : 'takesEffect.campaign')}
        </Text>
      )}
    </Stack>
  );
}
