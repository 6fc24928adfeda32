import { ActionIcon } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PHONE_BUTTON, PHONE_PANEL, usePhoneBeside } from './phone-beside.ts';

/** Opens the phone beside the screen, and closes it. */
export function PhoneButton() {
  const { t } = useTranslation('simulator');
  const { isPossible, isOpen, show } = usePhoneBeside();
  if (!isPossible) return null;
  return (
    <ActionIcon
      id={PHONE_BUTTON}
      aria-label={t('beside')}
      title={t('beside')}
      aria-expanded={isOpen}
      aria-controls={isOpen ? PHONE_PANEL : undefined}
      variant={isOpen ? 'light' : 'subtle'}
      onClick={() => show(!isOpen)}
    >
      <IconDeviceMobile size={18} aria-hidden />
    </ActionIcon>
  );
}
