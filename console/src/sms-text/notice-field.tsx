import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountedSegmentsDto } from '../api/generated/types.gen.ts';
import { fillIn, type NoticeValues, type Placeholder, PLACEHOLDERS } from './notice-template.ts';
import { SegmentMeter } from './segment-meter.tsx';
import { useSegments } from './use-segments.ts';

interface NoticeFieldProps {
  id: string;
  label: string;
  description: string;
  /** The template; empty for none. */
  value: string;
  onChange: (template: string) => void;
  /** To show how it reads. */
  values: NoticeValues;
  /** To count what it costs at most, where that differs. */
  longest?: NoticeValues;
  error?: ReactNode;
}

/** A text that the service sends by itself, with placeholders. */
export function NoticeField({
  id,
  label,
  description,
  value,
  onChange,
  values,
  longest = values,
  error,
}: NoticeFieldProps) {
  const { t } = useTranslation('sms-text');
  const field = useRef<HTMLTextAreaElement>(null);
  const filledIn = fillIn(value, values);
  const longestText = fillIn(value, longest);
  const segments = useSegments(longestText);
  const insert = (placeholder: Placeholder): void => {
    const { selectionStart = value.length, selectionEnd = value.length } = field.current ?? {};
    onChange(`${value.slice(0, selectionStart)}{${placeholder}}${value.slice(selectionEnd)}`);
    field.current?.focus();
  };
  const makePlain = ({ unicodeCharacters }: CountedSegmentsDto): void => {
    let plain = value;
    for (const { character, replacement } of unicodeCharacters) {
      if (replacement !== null) plain = plain.replaceAll(character, replacement);
    }
    onChange(plain);
  };
  return (
    <Stack gap={6}>
      <Textarea
        id={id}
        ref={field}
        label={label}
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        dir="auto"
        autosize
        minRows={2}
        maxRows={8}
      />
      <Group gap={6} role="group" aria-label={t('insertInto', { field: label })}>
        <Text size="xs" c="dimmed">
          {t('insert')}
        </Text>
        {PLACEHOLDERS.map((placeholder) => (
          <Button key={placeholder} size="compact-xs" variant="default" onClick={() => insert(placeholder)}>
            {t(`placeholder.${placeholder}`)}
          </Button>
        ))}
      </Group>
      {value !== '' && (
        <>
          <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            <Text span size="xs" c="dimmed">
              {t('reads')}{' '}
            </Text>
            <bdi>{filledIn}</bdi>
          </Text>
          <SegmentMeter text={longestText} counted={segments.data} onMakePlain={makePlain} />
        </>
      )}
    </Stack>
  );
}
