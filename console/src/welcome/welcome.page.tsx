import { Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/session.ts';
import { useAbout } from '../api/about.ts';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { Page } from '../ui/page.tsx';
import { STEPS, useFirstSteps } from './first-steps.ts';
import { StepRow } from './step-row.tsx';
import { useStepTexts } from './step-texts.ts';

/** Where one begins: admins with the first steps, agents at their desk. */
export function WelcomePage() {
  const { can } = useUser();
  return can('telephony:read') ? <FirstSteps /> : <Navigate to="/desk" replace />;
}

function FirstSteps() {
  const { t } = useTranslation('welcome');
  const about = useAbout();
  const steps = useFirstSteps();
  const texts = useStepTexts(steps, about.data);
  const next = STEPS.find((step) => !steps.taken[step]);
  const count = STEPS.filter((step) => steps.taken[step]).length;
  return (
    <Page title={t('title')}>
      <Stack maw={760}>
        {about.data && <Text>{t(`intro.${about.data.mode}`)}</Text>}
        {steps.isPending && !steps.failed && <ListSkeleton rows={STEPS.length} height={64} />}
        {steps.failed && <ErrorState error={steps.failed.error} onRetry={() => void steps.failed?.refetch()} />}
        {!steps.isPending && !steps.failed && (
          <>
            <Paper withBorder p="sm" role="status">
              <Group justify="space-between" mb={6}>
                <Text fw={600}>{t(next === undefined ? 'allDone' : 'progress', { count, total: STEPS.length })}</Text>
              </Group>
              <Progress
                value={(100 * count) / STEPS.length}
                color={next === undefined ? 'green' : 'indigo'}
                aria-hidden
              />
            </Paper>
            <Stack gap="xs" role="list" aria-label={t('steps')}>
              {STEPS.map((step) => (
                <StepRow key={step} isTaken={steps.taken[step]} isNext={step === next} {...texts[step]} />
              ))}
            </Stack>
          </>
        )}
      </Stack>
    </Page>
  );
}
