import { Anchor, Group, Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageMediaDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import classes from './desk.module.css';

/** A picture in its bubble, which opens larger; `otherwise` when the browser cannot show it. */
export function Picture({ media, otherwise }: { media: MessageMediaDto; otherwise: ReactNode }) {
  const { t } = useTranslation('desk');
  const { bytes } = useFormat();
  const [isBroken, setBroken] = useState(false);
  const [isOpen, { open, close }] = useDisclosure();
  if (isBroken) return otherwise;
  const name = t('media.picture', { size: bytes(media.size ?? 0) });
  return (
    <>
      <UnstyledButton onClick={open} aria-label={t('media.enlarge', { picture: name })} style={{ display: 'block' }}>
        <img src={media.url} alt="" className={classes['picture']} loading="lazy" onError={() => setBroken(true)} />
      </UnstyledButton>
      <Modal opened={isOpen} onClose={close} size="auto" centered title={name}>
        <img src={media.url} alt={name} className={classes['largePicture']} />
        <Group mt="sm">
          <Anchor href={media.url} target="_blank" rel="noreferrer" size="sm" underline="always">
            <IconExternalLink size={14} aria-hidden /> {t('media.newTab')}
          </Anchor>
        </Group>
      </Modal>
    </>
  );
}
