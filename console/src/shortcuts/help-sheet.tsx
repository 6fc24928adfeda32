import { Group, Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../session/preferences.ts';

/** In which of its parts a key means something. */
const EVERYWHERE = [
  [['Ctrl', 'K'], 'palette'],
  [['?'], 'help'],
] as const;
const DESK = [
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
] as const;

/** The keys that do something; who does not want single keys can turn them off. */
export function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('shortcuts');
  const { shortcuts, prefer } = usePreferences();
  return (
    <Modal opened={opened} onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Stack>
        <Keys where="everywhere" keys={EVERYWHERE} />
        <Keys where="desk" keys={DESK} />
        <Switch
          label={t('single')}
          description={t('singleText')}
          checked={shortcuts}
          onChange={(event) => prefer({ shortcuts: event.currentTarget.checked })}
        />
      </Stack>
    </Modal>
  );
}

function Keys({ where, keys }: { where: 'everywhere' | 'desk'; keys: typeof EVERYWHERE | typeof DESK }) {
  const { t } = useTranslation('shortcuts');
  return (
    <Table captionSide="top">
      <Table.Caption ta="start">{t(where)}</Table.Caption>
      <Table.Tbody>
        {keys.map(([pressed, action]) => (
          <Table.Tr key={action}>
            <Table.Th scope="row" w={130}>
              <Group gap={4}>
                {pressed.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Group>
            </Table.Th>
            <Table.Td>
              <Text size="sm">{t(action)}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
