import { Combobox, Text, useCombobox, VisuallyHidden } from '@mantine/core';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './desk.module.css';
import type { useCannedSuggestions } from './canned-suggestions.ts';

const LIST = 'desk-canned-replies';
const optionId = (id: string): string => `desk-canned-reply-${id}`;

interface CannedReplyListProps {
  suggestions: ReturnType<typeof useCannedSuggestions>;
  /** What one writes in. */
  children: ReactElement;
}

/** The canned replies that fit what is written after the slash, above what one writes in. */
export function CannedReplyList({ suggestions: { found, at, choose, dismiss }, children }: CannedReplyListProps) {
  const { t } = useTranslation('desk');
  const isOpen = found.length > 0;
  const combobox = useCombobox({ opened: isOpen, onDropdownClose: dismiss });
  const currentId = found[at]?.id;
  useEffect(() => {
    if (currentId !== undefined) document.getElementById(optionId(currentId))?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  return (
    <>
      {/* Always above: below it would hide what is being written. */}
      <Combobox store={combobox} position="top-start" middlewares={{ flip: false }} onOptionSubmit={choose}>
        {/* The keys are the composer's: some mean other things there. */}
        <Combobox.EventsTarget
          withKeyboardNavigation={false}
          withAriaAttributes={false}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOpen ? LIST : undefined}
          aria-activedescendant={isOpen && currentId !== undefined ? optionId(currentId) : undefined}
        >
          {children}
        </Combobox.EventsTarget>
        <Combobox.DropdownTarget>
          <span className={classes['cannedAnchor']} />
        </Combobox.DropdownTarget>
        <Combobox.Dropdown>
          <Combobox.Options
            id={LIST}
            aria-label={t('canned.list')}
            mah="min(260px, 40dvh)"
            style={{ overflowY: 'auto' }}
          >
            {found.map(({ id, shortcut, text }) => (
              <Combobox.Option
                key={id}
                id={optionId(id)}
                value={id}
                selected={id === currentId}
                aria-selected={id === currentId}
              >
                <Text size="sm" fw={600} span>
                  <bdi>/{shortcut}</bdi>
                </Text>
                <Text size="sm" lineClamp={2} dir="auto" style={{ overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <VisuallyHidden role="status" aria-live="polite">
        {isOpen && t('canned.found', { count: found.length })}
      </VisuallyHidden>
    </>
  );
}
