import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OpenRangeDto } from '../api/generated/types.gen.ts';

interface RangeFieldProps {
  id?: string;
  /** The day or date it is on. */
  of: string;
  range: OpenRangeDto;
  onChange: (range: OpenRangeDto) => void;
  onRemove: () => void;
  error: string | undefined;
}

/** From when to when. Browsers know no 24:00: the end of the day is midnight to them. */
export function RangeField({ id, of, range: { opens, closes }, onChange, onRemove, error }: RangeFieldProps) {
  const { t } = useTranslation('campaigns');
  const errorProps = { 'aria-invalid': error !== undefined, error: error !== undefined };
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        <TextInput
          id={id}
          type="time"
          size="xs"
          aria-label={t('hours.opens', { of })}
          value={opens}
          onChange={(event) => onChange({ opens: event.currentTarget.value, closes })}
          {...errorProps}
        />
        <Text span size="sm" aria-hidden>
          –
        </Text>
        <TextInput
          type="time"
          size="xs"
          aria-label={t('hours.closes', { of })}
          value={closes === '24:00' ? '00:00' : closes}
          onChange={({ currentTarget: { value } }) => onChange({ opens, closes: value === '00:00' ? '24:00' : value })}
          {...errorProps}
        />
        <ActionIcon aria-label={t('hours.remove', { range: `${of} ${opens}–${closes}` })} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
        {closes !== '' && closes < opens && (
          <Text size="xs" c="dimmed">
            {t('hours.nextDay')}
          </Text>
        )}
      </Group>
      {error !== undefined && (
        <Text size="xs" c="red">
          {error}
        </Text>
      )}
    </div>
  );
}
