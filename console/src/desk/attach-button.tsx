import { ActionIcon, FileButton, Popover, Text, VisuallyHidden } from '@mantine/core';
import { IconPaperclip, IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { MAX_MEDIA, SENDABLE_TYPES } from './refused-files.ts';

export type NoPictures = 'mms' | 'publicUrl' | 'offline';

interface AttachButtonProps {
  maxBytes: number;
  /** Why none can be sent; null when some can. */
  obstacle: NoPictures | null;
  onFiles: (files: File[]) => void;
}

/** Chooses files, once it is said which; or says why none can be sent. */
export function AttachButton({ maxBytes, obstacle, onFiles }: AttachButtonProps) {
  const { t } = useTranslation('desk');
  const { bytes } = useFormat();
  const limits = t('attach.limits', { most: MAX_MEDIA, size: bytes(maxBytes) });
  if (obstacle !== null) {
    return (
      <Popover width={280} withArrow position="top-start">
        <Popover.Target>
          <ActionIcon size="lg" aria-label={t('attach.whyNot')} title={t('attach.whyNot')}>
            <IconPhotoOff size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('attach.whyNot')}>
          <Text size="sm">{t(`attach.obstacle.${obstacle}`)}</Text>
        </Popover.Dropdown>
      </Popover>
    );
  }
  return (
    <FileButton multiple accept={SENDABLE_TYPES.join(',')} onChange={onFiles}>
      {(props) => (
        <ActionIcon {...props} size="lg" aria-label={t('attach.button')} aria-describedby="desk-limits" title={limits}>
          <IconPaperclip size={18} aria-hidden />
          <VisuallyHidden id="desk-limits">{limits}</VisuallyHidden>
        </ActionIcon>
      )}
    </FileButton>
  );
}
