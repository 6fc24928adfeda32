import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WeeklyRangeDto } from '../api/generated/types.gen.ts';
import { fieldId, type FieldErrors } from '../editing/field-errors.ts';
import { errorBelow } from './check-campaign.ts';
import { copyToWorkdays, type Day, DAYS, nameOfDay, USUAL_RANGE } from './opening-hours.ts';
import { RangeField } from './range-field.tsx';

const PATH = 'openingHours.weekly';

interface WeeklyHoursProps {
  value: WeeklyRangeDto[];
  onChange: (weekly: WeeklyRangeDto[]) => void;
  errors: FieldErrors;
}

/** What opens each week, day by day; a day may open more than once. */
export function WeeklyHours({ value, onChange, errors }: WeeklyHoursProps) {
  const { t, i18n } = useTranslation('campaigns');
  const rangesOf = (day: Day) => value.flatMap((range, index) => (range.day === day ? [{ range, index }] : []));
  return (
    <Stack gap="xs" id={fieldId(PATH)} tabIndex={-1}>
      {errors[PATH] !== undefined && (
        <Text size="xs" c="red">
          {errors[PATH]}
        </Text>
      )}
      {DAYS.map((day) => {
        const name = nameOfDay(day, i18n.language);
        return (
          <Group key={day} align="start" gap="sm" role="group" aria-label={name}>
            <Text size="sm" w={{ base: '100%', xs: 96 }} pt={4} tt="capitalize">
              {name}
            </Text>
            <Stack gap={4} flex={1} miw={220}>
              {rangesOf(day).map(({ range, index }) => (
                <RangeField
                  key={index}
                  id={fieldId(`${PATH}.${index}`)}
                  of={name}
                  range={range}
                  onChange={(changed) => onChange(value.with(index, { day, ...changed }))}
                  onRemove={() => onChange(value.toSpliced(index, 1))}
                  error={errorBelow(errors, `${PATH}.${index}`)}
                />
              ))}
              <Group gap="xs">
                {rangesOf(day).length === 0 && (
                  <Text size="sm" c="dimmed">
                    {t('hours.closed')}
                  </Text>
                )}
                <Button
                  size="compact-xs"
                  variant="subtle"
                  leftSection={<IconPlus size={12} aria-hidden />}
                  aria-label={t('hours.addOn', { day: name })}
                  onClick={() => onChange([...value, { day, ...USUAL_RANGE }])}
                >
                  {t('hours.add')}
                </Button>
              </Group>
            </Stack>
          </Group>
        );
      })}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={14} aria-hidden />}
        disabled={value.length === 0}
        onClick={() => onChange(copyToWorkdays(value))}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('hours.copy')}
      </Button>
    </Stack>
  );
}
