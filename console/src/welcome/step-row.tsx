import { Group, Paper, Stack, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ScreenButton } from '../ui/links.tsx';
import { WithPhoneNumbers } from '../ui/phone-number.tsx';
import type { StepTexts } from './step-texts.ts';

/** A step: whether it is taken, what it is, and where to take it. */
export function StepRow({
  title,
  text,
  action,
  link,
  isTaken,
  isNext,
}: StepTexts & { isTaken: boolean; isNext: boolean }) {
  const { t } = useTranslation('welcome');
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between">
        <Group wrap="nowrap" align="start" flex={1} miw={240}>
          <ThemeIcon radius="xl" color={isTaken ? 'green.9' : 'gray.7'} variant={isTaken ? 'filled' : 'outline'}>
            {isTaken ? <IconCheck size={18} aria-hidden /> : <IconCircleDashed size={18} aria-hidden />}
          </ThemeIcon>
          <Stack gap={2}>
            <Text fw={600}>
              {title} <VisuallyHidden>{t(isTaken ? 'taken' : 'toDo')}</VisuallyHidden>
            </Text>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              <WithPhoneNumbers text={text} />
            </Text>
          </Stack>
        </Group>
        <ScreenButton size="xs" variant={isNext ? 'filled' : 'default'} {...link}>
          {action}
        </ScreenButton>
      </Group>
    </Paper>
  );
}
