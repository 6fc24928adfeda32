import { ActionIcon, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFile, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useErrorText } from '../ui/error-text.ts';
import type { Attachment } from './attachments.ts';
import classes from './desk.module.css';
import { MAX_MEDIA } from './refused-files.ts';

interface AttachmentListProps {
  attachments: Attachment[];
  maxBytes: number;
  onRetry: (key: string) => void;
  onRemove: (key: string) => void;
}

/** What is going to be sent with the text, and what of it cannot be. */
export function AttachmentList({ attachments, maxBytes, onRetry, onRemove }: AttachmentListProps) {
  const { t } = useTranslation('desk');
  if (attachments.length === 0) return null;
  return (
    <ul className={classes['attachments']} aria-label={t('attach.list')}>
      {attachments.map((attachment) => (
        <li key={attachment.key} className={classes['attachment']} data-state={attachment.state}>
          <Thumbnail attachment={attachment} />
          <Stack gap={2} flex={1} miw={0}>
            <Text size="xs" className={classes['oneLine']}>
              <bdi>{attachment.file.name}</bdi>
            </Text>
            <State attachment={attachment} maxBytes={maxBytes} onRetry={onRetry} />
          </Stack>
          <ActionIcon
            size="sm"
            aria-label={t('attach.remove', { name: attachment.file.name })}
            onClick={() => onRemove(attachment.key)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

const Thumbnail = ({ attachment: { preview } }: { attachment: Attachment }) =>
  preview === null ? <IconFile size={32} aria-hidden /> : <img src={preview} alt="" className={classes['thumbnail']} />;

function State({
  attachment: { key, file, state, progress, refusal, error },
  maxBytes,
  onRetry,
}: Pick<AttachmentListProps, 'maxBytes' | 'onRetry'> & { attachment: Attachment }) {
  const { t } = useTranslation('desk');
  const { bytes } = useFormat();
  const errorText = useErrorText();
  switch (state) {
    case 'uploading':
      return <Progress value={progress * 100} size="sm" aria-label={t('attach.progress', { name: file.name })} />;
    case 'uploaded':
      return (
        <Text size="xs" c="dimmed">
          {bytes(file.size)}
        </Text>
      );
    case 'refused':
      return (
        <Text size="xs" c="red" role="alert">
          {t(`attach.refused.${refusal ?? 'type'}`, { size: bytes(maxBytes), most: MAX_MEDIA })}
        </Text>
      );
    case 'failed':
      return (
        <Group gap="xs" role="alert">
          <Text size="xs" c="red">
            {errorText(error)}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconRefresh size={12} aria-hidden />}
            onClick={() => onRetry(key)}
          >
            {t('ui:retry')}
          </Button>
        </Group>
      );
  }
}
