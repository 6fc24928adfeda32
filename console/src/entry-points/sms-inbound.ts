import { notifications } from '@mantine/notifications';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelSwitchGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { channelSwitchUpdate } from '../api/generated/sdk.gen.ts';
import { queryClient, refresh } from '../api/query-client.ts';
import { useErrorText } from '../ui/error-text.ts';

/** Events tell of a change at once; this is for one that was missed. */
const LOOK_AGAIN_MS = 60_000;

const smsInboundOptions = queryOptions({ ...channelSwitchGetOptions(), refetchInterval: LOOK_AGAIN_MS });

/** The switch over all entry points, as the service keeps it; undefined until it is known. */
export const useSmsInbound = () => useQuery(smsInboundOptions).data;

/** Enables all entry points again, wherever the user is. */
export function useEnableAll() {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  const switching = useSwitchAll();
  const enable = (): void =>
    switching.mutate(true, {
      onError: (error) =>
        notifications.show({ color: 'red', title: t('disableAll.enable'), message: errorText(error) }),
    });
  return { enable, isPending: switching.isPending };
}

/** Disables all entry points, or enables them again. */
export const useSwitchAll = () =>
  useMutation({
    mutationFn: async (enabled: boolean) => (await channelSwitchUpdate({ body: { enabled }, throwOnError: true })).data,
    onSuccess: (now) => queryClient.setQueryData(smsInboundOptions.queryKey, now),
    onSettled: () => refresh(['channelSwitchGet', 'entryPointsList', 'entryPointsGet']),
  });
