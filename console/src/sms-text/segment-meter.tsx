import { Badge, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CountedSegmentsDto, UnicodeCharacterDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { charactersLeft } from './characters-left.ts';
import { SMS_LIMIT } from './sms-limit.ts';

const MAX_SHOWN = 8;

interface SegmentMeterProps {
  text: string;
  /** Undefined while it is not counted. */
  counted: CountedSegmentsDto | undefined;
  /** How many pictures and files go along: then it is one MMS, of no segments. */
  pictures?: number;
  onMakePlain: (counted: CountedSegmentsDto) => void;
}

/** What a text costs, what makes it dear, and whether it is too long. */
export function SegmentMeter({ text, counted, pictures = 0, onMakePlain }: SegmentMeterProps) {
  const { t } = useTranslation('sms-text');
  const { number } = useFormat();
  if (text.length > SMS_LIMIT) {
    return (
      <Text size="xs" c="red" role="status">
        {t('meter.tooLong', { length: number(text.length), limit: number(SMS_LIMIT) })}
      </Text>
    );
  }
  if (pictures > 0) {
    return (
      <Text size="xs" c="dimmed" role="status">
        {t('meter.mms', { count: pictures })}
      </Text>
    );
  }
  if (counted === undefined) return <span />;
  const { encoding, segments, unicodeCharacters, plainBody } = counted;
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed" role="status">
        {t('meter.cost', { encoding, count: segments, left: number(charactersLeft(counted)) })}
      </Text>
      {unicodeCharacters.length > 0 && <DearCharacters characters={unicodeCharacters} />}
      {plainBody !== null && (
        <Button size="compact-xs" variant="light" onClick={() => onMakePlain(counted)}>
          {t('meter.replace')}
        </Button>
      )}
    </Group>
  );
}

function DearCharacters({ characters }: { characters: UnicodeCharacterDto[] }) {
  const { t } = useTranslation('sms-text');
  return (
    <Group gap={4}>
      <Text size="xs" c="dimmed">
        <IconAlertTriangle size={12} aria-hidden /> {t('meter.because')}
      </Text>
      {characters.slice(0, MAX_SHOWN).map(({ character, codePoint }) => (
        <Badge key={codePoint} size="sm" color="orange" maw={120} title={codePoint}>
          <bdi>{/\p{L}|\p{N}|\p{P}|\p{S}/u.test(character) ? character : codePoint}</bdi>
        </Badge>
      ))}
      {characters.length > MAX_SHOWN && (
        <Text size="xs" c="dimmed">
          {t('meter.andMore', { count: characters.length - MAX_SHOWN })}
        </Text>
      )}
    </Group>
  );
}
