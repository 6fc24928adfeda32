import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SmsWebhookDto } from '../api/generated/types.gen.ts';
import { withoutFragment } from './foreign-webhook.ts';

/** Where Twilio posts the SMS of a number, or would. */
export function AtTwilio({ label, webhook }: { label: string; webhook: SmsWebhookDto }) {
  const { t } = useTranslation('entry-points');
  const { smsUrl, smsMethod, smsApplicationSid } = webhook;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      {smsUrl === null ? (
        <Text size="sm">{t('webhook.nowhere')}</Text>
      ) : (
        <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {withoutFragment(smsUrl)} ({smsMethod ?? 'POST'})
        </Code>
      )}
      {smsApplicationSid !== null && <Text size="sm">{t('webhook.application', { sid: smsApplicationSid })}</Text>}
    </Stack>
  );
}
