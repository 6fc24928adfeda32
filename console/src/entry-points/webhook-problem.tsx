import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EntryPointWebhookDto } from '../api/generated/types.gen.ts';
import { useSimulatorUrl } from '../api/about.ts';

const SERVICES_AT_TWILIO = 'https://console.twilio.com/us1/develop/sms/services';

/** What keeps SMS away, and the way out; nothing when they arrive. */
export function WebhookProblem({ webhook: { state, current, overridingService } }: { webhook: EntryPointWebhookDto }) {
  const { t } = useTranslation('entry-points');
  const simulatorUrl = useSimulatorUrl();
  if (state === 'set') return null;
  const { smsUrl, smsMethod, smsApplicationSid } = current ?? {};
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {t(`webhook.problem.${state}`, {
        url: smsUrl,
        method: smsMethod,
        application: smsApplicationSid,
        service: overridingService?.friendlyName,
        sid: overridingService?.sid,
      })}{' '}
      {overridingService && simulatorUrl === null && (
        <Anchor href={`${SERVICES_AT_TWILIO}/${overridingService.sid}`} target="_blank" rel="noreferrer">
          {t('webhook.openService')}
        </Anchor>
      )}
    </Text>
  );
}
