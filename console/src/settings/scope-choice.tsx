import { Button, Checkbox, Group, Input, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateApiKeyDto } from '../api/generated/types.gen.ts';

export type Scope = CreateApiKeyDto['scopes'][number];

/** By what they are about; events and the audit log are only read. */
const SCOPES: Record<string, Scope[]> = {
  contacts: ['contacts:read', 'contacts:write'],
  events: ['events:read'],
  'inbound-sms': ['inbound-sms:read', 'inbound-sms:write'],
  'entry-points': ['entry-points:read', 'entry-points:write'],
  campaigns: ['campaigns:read', 'campaigns:write'],
  consumers: ['consumers:read', 'consumers:write'],
  telephony: ['telephony:read', 'telephony:write'],
  users: ['users:read', 'users:write'],
  'api-keys': ['api-keys:read', 'api-keys:write'],
  'audit-log': ['audit-log:read'],
};

export function ScopeChoice({
  value,
  onChange,
  error,
}: {
  value: Scope[];
  onChange: (scopes: Scope[]) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation('settings');
  const id = useId();
  return (
    <Stack gap="xs" role="group" aria-labelledby={id} aria-describedby={error && `${id}-error`}>
      <Group justify="space-between">
        <Input.Label component="div" id={id}>
          {t('apiKeys.scopes')}
        </Input.Label>
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => onChange(Object.values(SCOPES).flat())}>
            {t('apiKeys.allScopes')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onChange([])}>
            {t('apiKeys.noScopes')}
          </Button>
        </Group>
      </Group>
      {error && <Input.Error id={`${id}-error`}>{error}</Input.Error>}
      {Object.entries(SCOPES).map(([subject, scopes]) => (
        <Group key={subject} gap="md" role="group" aria-labelledby={`${id}-${subject}`}>
          <Text size="sm" w={{ base: '100%', xs: 180 }} id={`${id}-${subject}`}>
            {t(`apiKeys.subjects.${subject}`)}
          </Text>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={t(scope.endsWith(':read') ? 'apiKeys.read' : 'apiKeys.write')}
              checked={value.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...value, scope] : value.filter((each) => each !== scope))
              }
            />
          ))}
        </Group>
      ))}
    </Stack>
  );
}
