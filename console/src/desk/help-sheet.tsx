import { Group, Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDeskPreferences } from './desk-preferences.ts';

const KEYS = [
  [['J', 'K'], 'move'],
  [['Enter'], 'open'],
  [['A'], 'accept'],
  [['R'], 'reply'],
  [['/'], 'canned'],
  [['Ctrl', 'Enter'], 'send'],
  [['E'], 'close'],
  [['T'], 'transfer'],
  [['N'], 'note'],
  [['Esc'], 'back'],
  [['?'], 'help'],
] as const;

/** The keys of the desk; who does not want single keys can turn them off. */
export function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const { shortcuts, prefer } = useDeskPreferences();
  return (
    <Modal opened={opened} onClose={onClose} title={t('help.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Stack>
        <Table>
          <Table.Tbody>
            {KEYS.map(([keys, action]) => (
              <Table.Tr key={action}>
                <Table.Th scope="row">
                  <Group gap={4}>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </Group>
                </Table.Th>
                <Table.Td>
                  <Text size="sm">{t(`help.${action}`)}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label={t('help.single')}
          description={t('help.singleText')}
          checked={shortcuts}
          onChange={(event) => prefer({ shortcuts: event.currentTarget.checked })}
        />
      </Stack>
    </Modal>
  );
}
