import { Code, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Every parameter as Twilio sent it, also those that the service does not know. */
export function Parameters({ raw }: { raw: Record<string, string> }) {
  const { t } = useTranslation('activity');
  return (
    <Table layout="fixed" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="40%">{t('parameter')}</Table.Th>
          <Table.Th>{t('value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {Object.entries(raw).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>{name}</Table.Td>
            <Table.Td>
              <Code dir="auto" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                {value}
              </Code>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
