import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DayExceptionDto } from '../api/generated/types.gen.ts';
import { fieldId, type FieldErrors } from '../editing/field-errors.ts';
import { errorBelow } from './check-campaign.ts';
import { USUAL_RANGE } from './opening-hours.ts';
import { RangeField } from './range-field.tsx';

const PATH = 'openingHours.exceptions';

interface HoursExceptionsProps {
  value: DayExceptionDto[];
  onChange: (exceptions: DayExceptionDto[]) => void;
  errors: FieldErrors;
}

/** Dates on which other hours hold: holidays, for one. */
export function HoursExceptions({ value, onChange, errors }: HoursExceptionsProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Stack gap="xs" id={fieldId(PATH)} tabIndex={-1}>
      <Text size="sm" fw={600}>
        {t('hours.exceptions')}
      </Text>
      {errors[PATH] !== undefined && (
        <Text size="xs" c="red">
          {errors[PATH]}
        </Text>
      )}
      {value.map((exception, index) => (
        <ExceptionFields
          key={index}
          path={`${PATH}.${index}`}
          exception={exception}
          onChange={(changed) => onChange(value.with(index, changed))}
          onRemove={() => onChange(value.toSpliced(index, 1))}
          errors={errors}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...value, { date: '', hours: [] }])}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('hours.addException')}
      </Button>
    </Stack>
  );
}

interface ExceptionFieldsProps {
  path: string;
  exception: DayExceptionDto;
  onChange: (exception: DayExceptionDto) => void;
  onRemove: () => void;
  errors: FieldErrors;
}

function ExceptionFields({ path, exception, onChange, onRemove, errors }: ExceptionFieldsProps) {
  const { t } = useTranslation('campaigns');
  const { date, hours, note } = exception;
  const of = date === '' ? t('hours.date') : date;
  return (
    <Paper withBorder p="xs">
      <Group align="end" gap="xs">
        <TextInput
          id={fieldId(`${path}.date`)}
          type="date"
          size="xs"
          label={t('hours.date')}
          value={date}
          onChange={(event) => onChange({ ...exception, date: event.currentTarget.value })}
          error={errors[`${path}.date`]}
        />
        <TextInput
          size="xs"
          label={t('hours.note')}
          value={note ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ date, hours, ...(value !== '' && { note: value }) })}
          maxLength={200}
          error={errors[`${path}.note`]}
          flex={1}
          miw={120}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={14} aria-hidden />}
          aria-label={t('hours.removeException', { of })}
          onClick={onRemove}
        >
          {t('hours.removeShort')}
        </Button>
      </Group>
      <Stack gap={4} mt="xs" id={fieldId(`${path}.hours`)} tabIndex={-1}>
        {hours.map((range, index) => (
          <RangeField
            key={index}
            of={of}
            range={range}
            onChange={(changed) => onChange({ ...exception, hours: hours.with(index, changed) })}
            onRemove={() => onChange({ ...exception, hours: hours.toSpliced(index, 1) })}
            error={errorBelow(errors, `${path}.hours.${index}`)}
          />
        ))}
        {errors[`${path}.hours`] !== undefined && (
          <Text size="xs" c="red">
            {errors[`${path}.hours`]}
          </Text>
        )}
        <Group gap="xs">
          {hours.length === 0 && <Text size="sm">{t('hours.closedAllDay')}</Text>}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={12} aria-hidden />}
            aria-label={t('hours.addOn', { day: of })}
            onClick={() => onChange({ ...exception, hours: [...hours, USUAL_RANGE] })}
          >
            {t('hours.add')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
