import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { entryPointsUpdate } from '../api/generated/sdk.gen.ts';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { statusOf } from '../api/problem.ts';
import { queryClient, refresh } from '../api/query-client.ts';
import { useErrorText } from '../ui/error-text.ts';
import { allEntryPointsOptions } from '../api/all-entry-points.ts';

const { queryKey } = allEntryPointsOptions;

const replace = (changed: EntryPointDto): void =>
  void queryClient.setQueryData(queryKey, (all) => all?.map((each) => (each.id === changed.id ? changed : each)));

/** Switches an entry point on or off. It shows at once, and goes back when it could not be done. */
export function useActivation() {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  return useMutation({
    mutationFn: async ({ id, version, state }: EntryPointDto) => {
      const wanted = state === 'active' ? 'disabled' : 'active';
      const { data } = await entryPointsUpdate({
        path: { id },
        body: { state: wanted },
        headers: { 'If-Match': `"${version}"` },
        throwOnError: true,
      });
      return data;
    },
    onMutate: async (entryPoint) => {
      await queryClient.cancelQueries({ queryKey });
      replace({ ...entryPoint, state: entryPoint.state === 'active' ? 'disabled' : 'active' });
    },
    onSuccess: replace,
    onError: (error, entryPoint) => {
      replace(entryPoint);
      refresh(['entryPointsList']);
      const message = statusOf(error) === 412 ? t('changedByAnother') : errorText(error);
      notifications.show({ color: 'orange', title: entryPoint.name, message });
    },
    onSettled: (_data, _error, { id }) => refresh(['entryPointsGet'], id),
  });
}
