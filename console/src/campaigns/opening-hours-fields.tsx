import { Select, Stack, Switch, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpeningHoursDto } from '../api/generated/types.gen.ts';
import { fieldId, type FieldErrors } from '../editing/field-errors.ts';
import { HoursExceptions } from './hours-exceptions.tsx';
import { TIME_ZONES, usualHours } from './opening-hours.ts';
import { WeeklyHours } from './weekly-hours.tsx';

interface OpeningHoursFieldsProps {
  /** Null for always open. */
  value: OpeningHoursDto | null;
  onChange: (hours: OpeningHoursDto | null) => void;
  errors: FieldErrors;
}

/** When the campaign is open: always, or by the clocks of a time zone. */
export function OpeningHoursFields({ value, onChange, errors }: OpeningHoursFieldsProps) {
  const { t } = useTranslation('campaigns');
  return (
    <section aria-labelledby={fieldId('openingHours')}>
      <Title order={3} size="h5" mb="xs" id={fieldId('openingHours')} tabIndex={-1}>
        {t('field.openingHours')}
      </Title>
      <Stack>
        <Switch
          label={t('alwaysOpen')}
          checked={value === null}
          onChange={(event) => onChange(event.currentTarget.checked ? null : usualHours())}
        />
        {value !== null && (
          <>
            <Select
              id={fieldId('openingHours.timeZone')}
              label={t('hours.timeZone')}
              searchable
              data={[...new Set([...TIME_ZONES, value.timeZone])]}
              value={value.timeZone}
              onChange={(timeZone) => timeZone !== null && onChange({ ...value, timeZone })}
              allowDeselect={false}
              limit={100}
              nothingFoundMessage={t('ui:none')}
              error={errors['openingHours.timeZone']}
            />
            <WeeklyHours value={value.weekly} onChange={(weekly) => onChange({ ...value, weekly })} errors={errors} />
            <HoursExceptions
              value={value.exceptions ?? []}
              onChange={(exceptions) => onChange({ ...value, exceptions })}
              errors={errors}
            />
          </>
        )}
      </Stack>
    </section>
  );
}
