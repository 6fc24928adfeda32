import { Group, Paper, Text, useMantineTheme, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowMinuteDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';

const WIDTH = 720;
const HEIGHT = 140;
const GAP = 8;

const SERIES = [
  { name: 'received', color: 'blue' },
  { name: 'accepted', color: 'green' },
  { name: 'replied', color: 'grape' },
] as const;

/** The last 15 minutes as bars; the same numbers as a table for those who do not see them. */
export function FlowPlot({ flow }: { flow: FlowMinuteDto[] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const { colors } = useMantineTheme();
  const highest = Math.max(1, ...flow.flatMap((minute) => SERIES.map(({ name }) => minute[name])));
  const slot = WIDTH / flow.length;
  const bar = (slot - GAP) / SERIES.length;
  const totalOf = (name: (typeof SERIES)[number]['name']) => flow.reduce((sum, minute) => sum + minute[name], 0);
  return (
    <Paper withBorder p="sm">
      <Group gap="md" mb="xs">
        {SERIES.map(({ name, color }) => (
          <Group key={name} gap={6}>
            <svg width={12} height={12} aria-hidden>
              <rect width={12} height={12} rx={2} fill={colors[color][7]} />
            </svg>
            <Text size="sm">
              {t(`flow.${name}`)} {format.number(totalOf(name))}
            </Text>
          </Group>
        ))}
        <Text size="sm" c="dimmed">
          {t('flow.highest', { count: highest })}
        </Text>
      </Group>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none" aria-hidden>
        {flow.map((minute, place) =>
          SERIES.map(({ name, color }, series) => {
            const height = (minute[name] / highest) * (HEIGHT - 2);
            return (
              <rect
                key={`${minute.minute} ${name}`}
                x={place * slot + GAP / 2 + series * bar}
                y={HEIGHT - 1 - height}
                width={bar}
                height={height}
                fill={colors[color][7]}
              />
            );
          }),
        )}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="currentColor" />
      </svg>
      <Group justify="space-between" aria-hidden>
        {[flow[0], flow[Math.floor(flow.length / 2)], flow.at(-1)].map(
          (minute) =>
            minute && (
              <Text key={minute.minute} size="xs" c="dimmed">
                {format.time(minute.minute)}
              </Text>
            ),
        )}
      </Group>
      <VisuallyHidden>
        <FlowTable flow={flow} />
      </VisuallyHidden>
    </Paper>
  );
}

function FlowTable({ flow }: { flow: FlowMinuteDto[] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (
    <table>
      <caption>{t('flow.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('flow.minute')}</th>
          {SERIES.map(({ name }) => (
            <th key={name} scope="col">
              {t(`flow.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {flow.map((minute) => (
          <tr key={minute.minute}>
            <th scope="row">{format.time(minute.minute)}</th>
            {SERIES.map(({ name }) => (
              <td key={name}>{format.number(minute[name])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
