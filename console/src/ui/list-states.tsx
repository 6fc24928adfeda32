import { Alert, Button, Center, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from './error-text.ts';

/** What a list shows while it is being read. */
export function ListSkeleton({ rows = 5, height = 44 }: { rows?: number; height?: number }) {
  const { t } = useTranslation('ui');
  return (
    <Stack gap="xs" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} />
      ))}
    </Stack>
  );
}

/** What a list shows when there is nothing in it, with the one thing to do about it. */
export const EmptyState = ({
  icon,
  title,
  text,
  action,
}: {
  icon?: ReactNode;
  title: string;
  text?: string;
  action?: ReactNode;
}) => (
  <Center p="xl">
    <Stack align="center" gap="sm" maw={420}>
      {icon}
      <Text fw={600}>{title}</Text>
      {text && (
        <Text c="dimmed" size="sm" ta="center">
          {text}
        </Text>
      )}
      {action}
    </Stack>
  </Center>
);

/** What a list or a panel shows when it could not be read. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('ui');
  const errorText = useErrorText();
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={t('couldNotLoad')} role="alert">
      <Group justify="space-between">
        <Text size="sm">{errorText(error)}</Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      </Group>
    </Alert>
  );
}
