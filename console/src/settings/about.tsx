import { Alert, Paper, Stack, Table } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AboutDto } from '../api/generated/types.gen.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { useAbout } from '../api/about.ts';
import { CopyText } from '../ui/copy-text.tsx';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';

/** What runs here, and whether Twilio could reach it. */
export function About() {
  const about = useAbout();
  if (about.isPending) return <ListSkeleton rows={1} height={240} />;
  if (about.isError) return <ErrorState error={about.error} onRetry={() => void about.refetch()} />;
  return <Facts about={about.data} />;
}

function Facts({ about }: { about: AboutDto }) {
  const { t } = useTranslation('settings');
  const say = useServiceText();
  const { version, mode, publicUrl, publicUrlProblem, publicUrlReason, simulatorUrl, queues, embeddedDatabase, roles } =
    about;
  const facts = [
    ['version', version],
    ['mode', t(`about.modes.${mode}`)],
    ...(simulatorUrl === null ? [] : [['simulator', simulatorUrl] as const]),
    ['database', t(embeddedDatabase ? 'about.embedded' : 'about.ownServer')],
    ['queues', t(`about.backend.${queues}`)],
    ['roles', roles.join(', ')],
  ] as const;
  return (
    <Stack maw={640}>
      {publicUrlProblem && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('about.unreachable')}>
          {say(`unreachable.${publicUrlReason}`, { publicUrl }) ?? publicUrlProblem}. {t('about.setPublicUrl')}
        </Alert>
      )}
      <Paper withBorder>
        <Table variant="vertical" style={{ overflowWrap: 'anywhere' }}>
          <Table.Tbody>
            {facts.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" w="40%">
                  {t(`about.${name}`)}
                </Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row">{t('about.publicUrl')}</Table.Th>
              <Table.Td>
                <CopyText text={publicUrl} label={t('about.publicUrl')} />
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Paper>
    </Stack>
  );
}
