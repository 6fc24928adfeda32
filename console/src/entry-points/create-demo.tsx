import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  campaignsCreate,
  entryPointsCreate,
  entryPointWebhooksSet,
  phoneNumbersList,
} from '../api/generated/sdk.gen.ts';
import type { CampaignDto, PhoneNumberDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useErrorText } from '../ui/error-text.ts';
import { groupOf } from './phone-number-groups.ts';

/** An entry point on one of the simulated Twilio's numbers, with all it needs, for a first look. */
export function CreateDemo({ campaigns }: { campaigns: CampaignDto[] }) {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  const creation = useMutation({
    mutationFn: () => createDemo(campaigns[0]),
    onSettled: () => refresh(['campaignsList', 'entryPointsList', 'phoneNumbersList', 'entryPointTrafficList']),
  });
  return (
    <Stack gap="xs" align="center">
      <Button variant="default" loading={creation.isPending} onClick={() => creation.mutate()}>
        {t('empty.createDemo')}
      </Button>
      {creation.data === null && <Alert role="alert">{t('empty.noFreeNumber')}</Alert>}
      {creation.isError && (
        <Alert color="red" role="alert">
          {errorText(creation.error)}
        </Alert>
      )}
    </Stack>
  );
}

/** @returns null when the account has no number to spare */
async function createDemo(existing: CampaignDto | undefined): Promise<string | null> {
  const { data: numbers } = await phoneNumbersList({ throwOnError: true });
  const number = (['free', 'used_elsewhere'] as const)
    .map((group) => numbers.data.find((each: PhoneNumberDto) => groupOf(each, undefined) === group))
    .find((each) => each !== undefined);
  if (number === undefined) return null;
  const campaign =
    existing ?? (await campaignsCreate({ body: { name: 'Demo', languages: ['en-US'] }, throwOnError: true })).data;
  const body = {
    campaignId: campaign.id,
    name: 'Demo',
    language: campaign.defaultLanguage,
    phoneNumberSid: number.sid,
  };
  const { id } = (await entryPointsCreate({ body, throwOnError: true })).data;
  await entryPointWebhooksSet({ path: { id }, throwOnError: true });
  return id;
}
