import { useLocalStorage } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { campaignsUpdate } from '../api/generated/sdk.gen.ts';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useUser } from '../session/session.ts';
import { useErrorText } from '../ui/error-text.ts';

/** What the master switch did, so that it can be undone: campaigns that were off before stay off then. */
interface Memory {
  at: string;
  by: string;
  campaignIds: string[];
}

/**
 * The master switch: the SMS Inbound channels of all campaigns. The entry points' own switches stay as they are. Which
 * campaigns it switched off is remembered in this browser.
 */
export function useDisableAll(campaigns: CampaignDto[]) {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  const { email } = useUser();
  const [memory, setMemory, forget] = useLocalStorage<Memory | null>({
    key: 'sms-inbound.disabled-all',
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const enabled = campaigns.filter(({ smsInboundEnabled }) => smsInboundEnabled);
  const disabled = campaigns.filter(({ smsInboundEnabled }) => !smsInboundEnabled);
  const remembered = disabled.filter(({ id }) => memory?.campaignIds.includes(id));
  const switching = useMutation({
    mutationFn: switchCampaigns,
    onSuccess: ({ switched, errors }, { smsInboundEnabled }) => {
      if (smsInboundEnabled) forget();
      else setMemory({ at: new Date().toISOString(), by: email, campaignIds: idsOf([...remembered, ...switched]) });
      for (const error of errors) {
        notifications.show({ color: 'red', title: t('disableAll.failed'), message: errorText(error) });
      }
    },
    onSettled: () => refresh(['campaignsList', 'campaignsGet', 'entryPointsList', 'entryPointsGet']),
  });
  return {
    isOn: campaigns.length > 0 && enabled.length === 0,
    isPending: switching.isPending,
    enabled,
    disabled,
    /** Those that the switch has disabled here; none when it was done elsewhere, or one by one. */
    remembered,
    memory: remembered.length > 0 ? memory : null,
    disableAll: () => switching.mutateAsync({ campaigns: enabled, smsInboundEnabled: false }),
    enable: (chosen: CampaignDto[]) => switching.mutateAsync({ campaigns: chosen, smsInboundEnabled: true }),
  };
}

export type DisableAll = ReturnType<typeof useDisableAll>;

interface Switching {
  campaigns: CampaignDto[];
  smsInboundEnabled: boolean;
}

/** One that fails does not keep the others. */
async function switchCampaigns({ campaigns, smsInboundEnabled }: Switching) {
  const results = await Promise.allSettled(
    campaigns.map(({ id }) => campaignsUpdate({ path: { id }, body: { smsInboundEnabled }, throwOnError: true })),
  );
  return {
    switched: campaigns.filter((_, i) => results[i]?.status === 'fulfilled'),
    errors: results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])),
  };
}

const idsOf = (campaigns: CampaignDto[]): string[] => campaigns.map(({ id }) => id);
