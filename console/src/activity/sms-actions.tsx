import { Button, Group, Stack } from '@mantine/core';
import { IconArchive, IconRotate } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  inboundSmsDiscardMutation,
  inboundSmsGetQueryKey,
  inboundSmsReplayMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { InboundSmsDto } from '../api/generated/types.gen.ts';
import { queryClient, refresh } from '../api/query-client.ts';
import { ScreenButton } from '../ui/links.tsx';
import { Failure } from '../ui/failure.tsx';
import type { Verdict } from './verdict-badge.tsx';

/** Of those that are in a contact, or are no SMS, nothing else can come. */
const isReplayable = (verdict: Verdict | null): boolean =>
  verdict !== null && verdict !== 'accepted' && verdict !== 'quarantined';

/** What can be done about an SMS: look at its contact, process it again, or put a dead letter aside. */
export function SmsActions({ sms, size }: { sms: InboundSmsDto; size: 'xs' | 'sm' }) {
  const { t } = useTranslation('activity');
  const path = { id: sms.id };
  const onSuccess = (changed: InboundSmsDto): void => {
    queryClient.setQueryData(inboundSmsGetQueryKey({ path }), changed);
    refresh(['inboundSmsList', 'healthReportGet']);
  };
  const replay = useMutation({ ...inboundSmsReplayMutation(), onSuccess });
  const discard = useMutation({ ...inboundSmsDiscardMutation(), onSuccess });
  const named = { from: sms.from };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {sms.contactId && (
          <ScreenButton
            size={size}
            variant="default"
            to="/desk/$id"
            params={{ id: sms.contactId }}
            aria-label={t('openContactOf', named)}
          >
            {t('openContact')}
          </ScreenButton>
        )}
        {isReplayable(sms.verdict) && (
          <Button
            size={size}
            variant="default"
            leftSection={<IconRotate size={16} aria-hidden />}
            loading={replay.isPending}
            aria-label={t('replayOf', named)}
            onClick={() => replay.mutate({ path })}
          >
            {t('replay')}
          </Button>
        )}
        {sms.verdict === 'dead_letter' && sms.discardedAt === null && (
          <Button
            size={size}
            variant="default"
            leftSection={<IconArchive size={16} aria-hidden />}
            loading={discard.isPending}
            aria-label={t('discardOf', named)}
            onClick={() => discard.mutate({ path })}
          >
            {t('discard')}
          </Button>
        )}
      </Group>
      <Failure error={replay.error ?? discard.error} />
    </Stack>
  );
}
