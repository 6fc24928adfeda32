import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { entryPointWebhooksCheckOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { entryPointWebhooksRestore, entryPointWebhooksSet } from '../api/generated/sdk.gen.ts';
import type { WebhookChangeDto } from '../api/generated/types.gen.ts';
import { queryClient, refresh } from '../api/query-client.ts';
import { isForeign } from './foreign-webhook.ts';

export type WebhookAction = 'set' | 'restore';

const CHANGES = { set: entryPointWebhooksSet, restore: entryPointWebhooksRestore };

/** The webhook of an entry point as Twilio has it, and what was done to it here last. */
export function useWebhook(id: string) {
  const check = useQuery({ ...entryPointWebhooksCheckOptions({ path: { id } }), staleTime: 0, retry: false });
  const lastChange = useQuery<WebhookChangeDto>({ queryKey: lastChangeKey(id), queryFn: skipToken });
  const change = useMutation({
    mutationFn: (action: WebhookAction) => changeWebhook(id, action),
    // Refused because somebody was faster: what stands there now must be seen.
    onError: () => void check.refetch(),
  });
  return { check, change, steps: lastChange.data?.steps ?? [] };
}

/**
 * Sets the webhook where nobody else's stands.
 * @returns whether it is set now; if not, a person must see first what it would overwrite
 */
export async function setUnlessForeign(id: string): Promise<boolean> {
  const now = await queryClient.fetchQuery({ ...entryPointWebhooksCheckOptions({ path: { id } }), staleTime: 0 });
  if (isForeign(now)) return false;
  await changeWebhook(id, 'set');
  return true;
}

const lastChangeKey = (id: string): string[] => ['last-webhook-change', id];

async function changeWebhook(id: string, action: WebhookAction): Promise<void> {
  const { data } = await CHANGES[action]({ path: { id }, throwOnError: true });
  queryClient.setQueryData(entryPointWebhooksCheckOptions({ path: { id } }).queryKey, data);
  queryClient.setQueryData(lastChangeKey(id), data);
  refresh(['entryPointsList', 'entryPointsGet', 'phoneNumbersList']);
}
