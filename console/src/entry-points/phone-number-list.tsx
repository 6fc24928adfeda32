import { Box, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneNumberDto } from '../api/generated/types.gen.ts';
import { fieldId } from '../editing/field-errors.ts';
import { canBeChosen, groupNumbers, type NumberRow } from './phone-number-groups.ts';
import { PhoneNumberOption } from './phone-number-option.tsx';

const HEADING_PX = 30;
const NUMBER_PX = 52;
const PAGE_ROWS = 5;

interface PhoneNumberListProps {
  numbers: PhoneNumberDto[];
  /** The one that is edited; undefined for a new one. */
  entryPointId: string | undefined;
  value: string;
  onChange: (phoneNumberSid: string) => void;
  /** Called with the number the cursor is on. */
  onActive: (number: PhoneNumberDto) => void;
  error: ReactNode;
}

/** Numbers to search and choose from. Only those in sight are drawn: an account may have thousands. */
export function PhoneNumberList({ numbers, entryPointId, value, onChange, onActive, error }: PhoneNumberListProps) {
  const { t } = useTranslation('entry-points');
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => groupNumbers(numbers, text, entryPointId), [numbers, text, entryPointId]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index]?.kind === 'heading' ? HEADING_PX : NUMBER_PX),
    overscan: 8,
  });
  const moveTo = (index: number): void => {
    const row = rows[index];
    if (row?.kind !== 'number') return;
    setActive(index);
    onActive(row.number);
    virtualizer.scrollToIndex(index);
    box.current?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (row: NumberRow | undefined): void => {
    if (row?.kind === 'number' && canBeChosen(row.group)) onChange(row.number.sid);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_ROWS, PageUp: -PAGE_ROWS }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) choose(rows[active]);
    else moveTo(nextNumber(rows, active, step));
  };
  const optionId = (index: number): string => `${listId}-${index}`;
  return (
    <div>
      <TextInput
        id={fieldId('phoneNumberSid')}
        label={t('numbers.search')}
        required
        withAsterisk
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={rows[active] === undefined ? undefined : optionId(active)}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        error={error}
        autoComplete="off"
      />
      <Box
        ref={box}
        id={listId}
        role="listbox"
        aria-label={t('field.phoneNumberSid')}
        mah={310}
        mt="xs"
        style={{ overflowY: 'auto', border: '1px solid var(--mantine-color-default-border)', borderRadius: 8 }}
      >
        <Box h={virtualizer.getTotalSize()} pos="relative" role="presentation">
          {virtualizer.getVirtualItems().map(({ index, start, size }) => (
            <Box key={index} pos="absolute" top={start} left={0} right={0} h={size} role="presentation">
              <PhoneNumberOption
                id={optionId(index)}
                row={rows[index]!}
                isActive={index === active}
                isChosen={isNumber(rows[index], value)}
                position={rows.slice(0, index + 1).filter(({ kind }) => kind === 'number').length}
                total={rows.filter(({ kind }) => kind === 'number').length}
                onClick={() => {
                  moveTo(index);
                  choose(rows[index]);
                }}
              />
            </Box>
          ))}
        </Box>
      </Box>
      {rows.length === 0 && (
        <Text size="sm" role="status" mt="xs">
          {t(numbers.length === 0 ? 'numbers.none' : 'numbers.noneFound')}
        </Text>
      )}
    </div>
  );
}

const isNumber = (row: NumberRow | undefined, sid: string): boolean => row?.kind === 'number' && row.number.sid === sid;

/** The number so many numbers further, over headings; the first or last one at the ends. */
function nextNumber(rows: NumberRow[], from: number, step: number): number {
  const indices = rows.flatMap(({ kind }, index) => (kind === 'number' ? [index] : []));
  const at = indices.indexOf(from);
  const next = at === -1 ? (step > 0 ? 0 : indices.length - 1) : at + step;
  return indices[Math.min(Math.max(next, 0), indices.length - 1)] ?? -1;
}
