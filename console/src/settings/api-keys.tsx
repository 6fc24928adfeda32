import { Badge, Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { apiKeysListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ApiKeyDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { EmptyState } from '../ui/list-states.tsx';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';
import { CreateApiKey } from './create-api-key.tsx';
import { RevokeApiKey } from './revoke-api-key.tsx';
import { SectionHead } from '../ui/section-head.tsx';

/** What other programs use the service with. */
export function ApiKeys() {
  const { t } = useTranslation('settings');
  const [isCreating, { open, close }] = useDisclosure();
  const keys = useInfiniteQuery({ ...apiKeysListInfiniteOptions(), ...BY_CURSOR });
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('apiKeys.create')}
    </Button>
  );
  return (
    <Stack maw={860}>
      <SectionHead text={t('apiKeys.intro')}>{create}</SectionHead>
      <PagedList
        query={keys}
        empty={<EmptyState icon={<IconKey aria-hidden />} title={t('apiKeys.empty')} action={create} />}
      >
        {(rows) => (
          <Stack gap="xs" role="list" aria-label={t('tabs.api-keys')}>
            {rows.map((apiKey) => (
              <ApiKeyRow key={apiKey.id} apiKey={apiKey} />
            ))}
          </Stack>
        )}
      </PagedList>
      <CreateApiKey opened={isCreating} onClose={close} />
    </Stack>
  );
}

function ApiKeyRow({ apiKey }: { apiKey: ApiKeyDto }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" align="start">
        <Stack gap={6} flex={1} miw={220}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{apiKey.name}</bdi>
            </Text>
            {apiKey.revokedAt && <Badge color="red">{t('apiKeys.revoked')}</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            <Code>sik_{apiKey.keyId}_…</Code> {t('apiKeys.createdAt', { at: format.date(apiKey.createdAt) })} ·{' '}
            {apiKey.lastUsedAt
              ? t('apiKeys.lastUsedAt', { at: format.dateTime(apiKey.lastUsedAt) })
              : t('apiKeys.neverUsed')}
            {apiKey.revokedAt && <> · {t('apiKeys.revokedAt', { at: format.dateTime(apiKey.revokedAt) })}</>}
          </Text>
          <Group gap={4}>
            {apiKey.scopes.map((scope) => (
              <Badge key={scope} color="gray" size="sm">
                {scope}
              </Badge>
            ))}
          </Group>
        </Stack>
        {!apiKey.revokedAt && <RevokeApiKey apiKey={apiKey} />}
      </Group>
    </Paper>
  );
}
