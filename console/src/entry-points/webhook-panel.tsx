import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneNumbersListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { useAbout, useSimulatorUrl } from '../api/about.ts';
import { toPhone } from '../navigation/to-phone.ts';
import { CopyText } from '../ui/copy-text.tsx';
import { ScreenButton } from '../ui/links.tsx';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { useTrafficToday } from './traffic-today.ts';
import { Panel } from './panel.tsx';
import { useWebhook } from './use-webhook.ts';
import { AtTwilio } from './webhook-at-twilio.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookProblem } from './webhook-problem.tsx';
import { WebhookState } from './webhook-state.tsx';
import { WebhookSteps } from './webhook-steps.tsx';

/** Before it is saved: what stands at Twilio for the number that is chosen. */
export function NewWebhookPanel({ phoneNumberSid }: { phoneNumberSid: string }) {
  const { t } = useTranslation('entry-points');
  const { data } = useQuery(phoneNumbersListOptions());
  const number = data?.data.find(({ sid }) => sid === phoneNumberSid);
  return (
    <Panel title={t('editor.webhook')}>
      <Text size="sm">{t('webhook.madeOnSave')}</Text>
      <UnreachableWarning />
      {number && <AtTwilio label={t('webhook.now')} webhook={number} />}
    </Panel>
  );
}

interface WebhookPanelProps {
  entryPoint: EntryPointDto;
  /** Another number is chosen, and not saved: what is shown is still the old one's. */
  isNumberUnsaved: boolean;
  /** Whether the dialog that sets it is open. */
  isSetting: boolean;
  onSetting: (isSetting: boolean) => void;
}

export function WebhookPanel({ entryPoint, isNumberUnsaved, isSetting, onSetting }: WebhookPanelProps) {
  const { t } = useTranslation('entry-points');
  const [isRestoring, setRestoring] = useState(false);
  const simulatorUrl = useSimulatorUrl();
  const webhook = useWebhook(entryPoint.id);
  const { check } = webhook;
  return (
    <Panel
      title={t('editor.webhook')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={check.isFetching}
          onClick={() => void check.refetch()}
        >
          {t('webhook.checkAgain')}
        </Button>
      }
    >
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {t('webhook.url')}
        </Text>
        <CopyText text={entryPoint.webhookUrl} label={t('webhook.url')} />
      </Stack>
      <UnreachableWarning />
      {check.isPending && <ListSkeleton rows={2} height={28} />}
      {check.isError && <ErrorState error={check.error} onRetry={() => void check.refetch()} />}
      {check.data && (
        <>
          <WebhookState webhook={check.data} />
          <WebhookProblem webhook={check.data} />
          {check.data.current && <AtTwilio label={t('webhook.now')} webhook={check.data.current} />}
        </>
      )}
      {isNumberUnsaved && <Text size="sm">{t('webhook.saveFirst')}</Text>}
      <Group gap="xs">
        <Button
          variant={check.data?.state === 'set' ? 'default' : 'filled'}
          disabled={isNumberUnsaved || check.data === undefined || check.data.state === 'number_missing'}
          onClick={() => onSetting(true)}
        >
          {t('webhook.set')}
        </Button>
        {check.data?.previous && (
          <Button variant="default" disabled={isNumberUnsaved} onClick={() => setRestoring(true)}>
            {t('webhook.restore')}
          </Button>
        )}
      </Group>
      <WebhookSteps steps={webhook.steps} />
      <LastRequest entryPoint={entryPoint} isSimulated={simulatorUrl !== null} />
      {isSetting && check.data && (
        <WebhookDialog action="set" webhook={webhook} report={check.data} onClose={() => onSetting(false)} />
      )}
      {isRestoring && check.data && (
        <WebhookDialog action="restore" webhook={webhook} report={check.data} onClose={() => setRestoring(false)} />
      )}
    </Panel>
  );
}

function LastRequest({ entryPoint, isSimulated }: { entryPoint: EntryPointDto; isSimulated: boolean }) {
  const { t } = useTranslation('entry-points');
  const { dateTime } = useFormat();
  const traffic = useTrafficToday()?.get(entryPoint.id);
  if (traffic === undefined) return null;
  return (
    <Group gap="sm">
      <Text size="sm">
        {traffic.lastReceivedAt === null
          ? t('webhook.neverReceived')
          : t('webhook.lastReceived', { at: dateTime(traffic.lastReceivedAt) })}
      </Text>
      {isSimulated && (
        <ScreenButton size="xs" variant="default" to="." search={toPhone(entryPoint.phoneNumber)}>
          {t('menu.test')}
        </ScreenButton>
      )}
    </Group>
  );
}

/** Set at an address out of Twilio's reach, a webhook brings nothing. */
function UnreachableWarning() {
  const { t } = useTranslation('entry-points');
  const { data: about } = useAbout();
  if (!about?.publicUrlProblem) return null;
  return <Alert color="orange">{t('webhook.unreachable', { url: about.publicUrl })}</Alert>;
}
