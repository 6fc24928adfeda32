import { Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconDownload, IconExternalLink, IconPhotoOff, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mediaFetchAgainMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { MessageMediaDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { useErrorText } from '../ui/error-text.ts';
import classes from './desk.module.css';
import { Picture } from './picture.tsx';
import { putMedia } from './thread.ts';

/** Pictures that browsers may show in place; everything else is a download. */
const PICTURES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

interface MessageMediaProps {
  media: MessageMediaDto;
  contactId: string;
}

/** A picture or file of a message, or why it is not here. */
export function MessageMedia({ media, contactId }: MessageMediaProps) {
  const { t } = useTranslation('desk');
  switch (media.state) {
    case 'stored':
      return PICTURES.has(media.contentType) ? (
        <Picture media={media} otherwise={<Download media={media} />} />
      ) : (
        <Download media={media} />
      );
    case 'linked':
      return (
        <Anchor
          href={media.url}
          target="_blank"
          rel="noreferrer noopener"
          size="sm"
          c="inherit"
          underline="always"
          className={classes['theirs']}
        >
          <IconExternalLink size={14} aria-hidden /> {media.url}
        </Anchor>
      );
    case 'pending':
      return (
        <Group gap="xs" wrap="nowrap">
          <Loader size={14} aria-hidden />
          <Text size="sm">{t('media.pending', { type: media.contentType })}</Text>
        </Group>
      );
    case 'removed':
      return (
        <Text size="sm" c="dimmed">
          <IconPhotoOff size={14} aria-hidden /> {t('media.removed', { type: media.contentType })}
        </Text>
      );
    case 'unavailable':
      return <Unavailable media={media} contactId={contactId} />;
  }
}

function Download({ media }: { media: MessageMediaDto }) {
  const { t } = useTranslation('desk');
  const { bytes } = useFormat();
  return (
    <Anchor href={media.url} download size="sm" c="inherit" underline="always">
      <IconDownload size={14} aria-hidden />{' '}
      {t('media.download', { type: media.contentType, size: bytes(media.size ?? 0) })}
    </Anchor>
  );
}

function Unavailable({ media, contactId }: MessageMediaProps) {
  const { t } = useTranslation('desk');
  const errorText = useErrorText();
  const say = useServiceText();
  const fetchAgain = useMutation({
    ...mediaFetchAgainMutation(),
    onSuccess: (fetched) => putMedia(contactId, fetched),
  });
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm">
        <IconPhotoOff size={14} aria-hidden /> {t('media.unavailable', { type: media.contentType })}
      </Text>
      <Text size="xs">
        {fetchAgain.isError ? errorText(fetchAgain.error) : (say(`media.${media.reasonCode}`) ?? media.reason)}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={fetchAgain.isPending}
        onClick={() => fetchAgain.mutate({ path: { id: media.id } })}
      >
        {t('media.fetchAgain')}
      </Button>
    </Stack>
  );
}
