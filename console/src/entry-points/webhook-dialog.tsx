import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryPointWebhookDto } from '../api/generated/types.gen.ts';
import { Failure } from '../ui/failure.tsx';
import { isForeign } from './foreign-webhook.ts';
import type { useWebhook, WebhookAction } from './use-webhook.ts';
import { AtTwilio } from './webhook-at-twilio.tsx';
import { WebhookProblem } from './webhook-problem.tsx';

interface WebhookDialogProps {
  action: WebhookAction;
  webhook: ReturnType<typeof useWebhook>;
  report: EntryPointWebhookDto;
  onClose: () => void;
}

/** What is at Twilio, and what will be; somebody else's is overwritten only by who has said so. */
export function WebhookDialog({ action, webhook: { change }, report, onClose }: WebhookDialogProps) {
  const { t } = useTranslation('entry-points');
  const [understands, setUnderstands] = useState(false);
  const isThere = action === 'set' && report.state === 'set';
  const overwrites = action === 'set' && isForeign(report);
  const after = action === 'set' ? report.proposed : report.previous;
  const close = (): void => {
    change.reset();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t(`webhook.${action}`)}
      closeButtonProps={{ 'aria-label': t('ui:cancel') }}
    >
      <Stack>
        {isThere ? (
          <Text size="sm">{t('webhook.isThere')}</Text>
        ) : (
          <>
            {report.current && <AtTwilio label={t('webhook.before')} webhook={report.current} />}
            <IconArrowDown size={18} aria-hidden />
            {after && <AtTwilio label={t('webhook.after')} webhook={after} />}
            {action === 'set' && <Text size="sm">{t('webhook.kept')}</Text>}
          </>
        )}
        {report.state === 'overridden_by_messaging_service' && <WebhookProblem webhook={report} />}
        {overwrites && (
          <Checkbox
            label={t('webhook.understand')}
            checked={understands}
            onChange={(event) => setUnderstands(event.currentTarget.checked)}
          />
        )}
        <Failure error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('ui:cancel')}
          </Button>
          <Button
            disabled={overwrites && !understands}
            loading={change.isPending}
            onClick={() => change.mutate(action, { onSuccess: close })}
          >
            {t(`webhook.${action}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
