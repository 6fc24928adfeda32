import { Badge, Box, Group, Text } from '@mantine/core';
import { IconCheck, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneNumberDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { canBeChosen, type NumberGroup, type NumberRow } from './phone-number-groups.ts';

interface PhoneNumberOptionProps {
  id: string;
  row: NumberRow;
  isActive: boolean;
  isChosen: boolean;
  position: number;
  total: number;
  onClick: () => void;
}

/** A row of the list: the heading of a group, or a number with what it can do and who uses it. */
export function PhoneNumberOption({ id, row, isActive, isChosen, position, total, onClick }: PhoneNumberOptionProps) {
  const { t } = useTranslation('entry-points');
  const { number: formatted } = useFormat();
  if (row.kind === 'heading') {
    return (
      <Text size="xs" fw={700} c="dimmed" px="sm" pt={8} role="presentation">
        {t(`numbers.group.${row.group}`)} ({formatted(row.count)})
      </Text>
    );
  }
  const { number, group } = row;
  const isLocked = !canBeChosen(group);
  return (
    <Box
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={isLocked}
      aria-posinset={position}
      aria-setsize={total}
      h="100%"
      px="sm"
      py={4}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
      bg={isChosen ? 'var(--mantine-primary-color-light)' : isActive ? 'var(--mantine-color-default-hover)' : undefined}
      style={{
        cursor: isLocked ? 'not-allowed' : 'pointer',
        outline: isActive ? '2px solid var(--mantine-primary-color-filled)' : undefined,
        outlineOffset: -2,
      }}
    >
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Group gap="xs" wrap="nowrap">
          {isChosen && <IconCheck size={16} aria-hidden />}
          {isLocked && <IconLock size={16} aria-hidden />}
          <Text size="sm" fw={600}>
            <PhoneNumber number={number.phoneNumber} />
          </Text>
          <Text size="sm" truncate>
            <bdi>{number.friendlyName}</bdi>
          </Text>
        </Group>
        <Capabilities number={number} />
      </Group>
      <Text size="xs" truncate>
        <Use number={number} group={group} />
      </Text>
    </Box>
  );
}

function Use({ number, group }: { number: PhoneNumberDto; group: NumberGroup }) {
  const { t } = useTranslation('entry-points');
  switch (group) {
    case 'used_elsewhere':
      return t('numbers.goesTo', { target: number.smsApplicationSid ?? number.smsUrl });
    case 'used_here':
      return t('numbers.usedBy', { name: number.inUseBy?.name });
    default:
      return t(`numbers.use.${group}`);
  }
}

/** What Twilio calls them, in every language. */
function Capabilities({ number: { capabilities, kind } }: { number: PhoneNumberDto }) {
  const { t } = useTranslation('entry-points');
  return (
    <Group gap={4} wrap="nowrap" visibleFrom="xs">
      {kind === 'short_code' && <Badge size="sm">{t('numbers.shortCode')}</Badge>}
      {(['sms', 'mms', 'voice'] as const)
        .filter((capability) => capabilities[capability])
        .map((capability) => (
          <Badge key={capability} size="sm" color="gray">
            {t(`numbers.can.${capability}`)}
          </Badge>
        ))}
    </Group>
  );
}
