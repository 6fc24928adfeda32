import { Button, Collapse, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntryDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { WithPhoneNumbers } from '../ui/phone-number.tsx';

/** One change: who, what, when; on demand before and after. */
export function AuditEntry({ entry, onOnlyThis }: { entry: AuditEntryDto; onOnlyThis: () => void }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const [isOpen, { toggle }] = useDisclosure();
  const id = useId();
  const { at, actor, action, subject, before, after } = entry;
  const what = t(`audit.actions.${action}`, { name: subject.name });
  return (
    <Paper withBorder p="sm" role="listitem" style={{ overflowWrap: 'anywhere' }}>
      <Group justify="space-between">
        <Stack gap={2} flex={1} miw={200}>
          <Text fw={600} dir="auto">
            <WithPhoneNumbers text={what} />
          </Text>
          <Text size="sm" c="dimmed">
            {format.dateTime(at)} · {t(actor.kind === 'user' ? 'audit.by' : 'audit.byKey', { name: actor.name })}
          </Text>
        </Stack>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            aria-label={`${t('audit.onlyThis')}: ${subject.name}`}
            onClick={onOnlyThis}
          >
            {t('audit.onlyThis')}
          </Button>
          {(before ?? after) !== null && (
            <Button
              size="xs"
              variant="default"
              aria-expanded={isOpen}
              aria-controls={id}
              aria-label={`${t('audit.details')}: ${what}`}
              onClick={toggle}
            >
              {t('audit.details')}
            </Button>
          )}
        </Group>
      </Group>
      <Collapse id={id} expanded={isOpen}>
        <ChangedFields before={before} after={after} />
      </Collapse>
    </Paper>
  );
}

/** Fields have the API's names: that is what programs and the documentation call them. */
function ChangedFields({ before, after }: Pick<AuditEntryDto, 'before' | 'after'>) {
  const { t } = useTranslation('settings');
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <Table mt="sm" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('audit.field')}</Table.Th>
          <Table.Th>{t('audit.before')}</Table.Th>
          <Table.Th>{t('audit.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((name) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            <Table.Td>{shown(before?.[name], t('audit.nothing'))}</Table.Td>
            <Table.Td>{shown(after?.[name], t('audit.nothing'))}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function shown(value: unknown, nothing: string): string {
  if (value === null || value === undefined) return nothing;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
