import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CountedSegmentsDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';

/**
 * What a text costs: its segments, and the characters that make each of them hold less than half.
 * @param onMakePlain called to put plain characters in their place
 */
export function SegmentMeter({ counted, onMakePlain }: { counted: CountedSegmentsDto; onMakePlain?: () => void }) {
  const { t } = useTranslation('sms-text');
  const { number } = useFormat();
  const { encoding, segments, characters, unicodeCharacters, limit, tooLong } = counted;
  const dear = unicodeCharacters.map(({ character }) => character);
  return (
    <Group gap="xs" align="baseline">
      <Text size="xs" c={tooLong ? 'red' : 'dimmed'} role="status">
        {tooLong
          ? t('tooLong', { limit: number(limit) })
          : t('cost', { count: segments, encoding, characters: number(characters) })}
      </Text>
      {dear.length > 0 && (
        <Text size="xs" c="dimmed">
          <IconAlertTriangle size={12} aria-hidden /> {t('unicodeBecauseOf')} <bdi>{dear.slice(0, 8).join(' ')}</bdi>
          {dear.length > 8 && ' …'}
        </Text>
      )}
      {onMakePlain && unicodeCharacters.some(({ replacement }) => replacement !== null) && (
        <Button size="compact-xs" variant="light" onClick={onMakePlain}>
          {t('makePlain')}
        </Button>
      )}
    </Group>
  );
}
