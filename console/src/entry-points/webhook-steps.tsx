import { List, Text, ThemeIcon } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WebhookStepDto } from '../api/generated/types.gen.ts';
import { useStepText } from './step-text.ts';

/** What was done at Twilio, step by step. */
export function WebhookSteps({ steps }: { steps: WebhookStepDto[] }) {
  const { t } = useTranslation('entry-points');
  const stepText = useStepText();
  return (
    <div role="status">
      {steps.length > 0 && (
        <List
          size="sm"
          spacing={6}
          center={false}
          icon={
            <ThemeIcon size={18} radius="xl" color="green" aria-hidden>
              <IconCheck size={12} />
            </ThemeIcon>
          }
        >
          {steps.map((step) => (
            <List.Item key={step.step}>
              <Text size="sm" fw={600}>
                {t(`webhook.step.${step.step}`)}
              </Text>
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {stepText(step)}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
