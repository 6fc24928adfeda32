import { ActionIcon, Group, Stack, Title } from '@mantine/core';
import { IconMaximize, IconX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PhoneFrame } from './phone-frame.tsx';
import classes from './simulator.module.css';

/** The phone beside a screen. */
export function PhonePanel({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useTranslation('simulator');
  const asked = useAskedNumber();
  return (
    <Stack gap={0} flex={1} mih={0} className={classes['panel'] ?? ''}>
      <Group px="sm" py={4} justify="space-between" wrap="nowrap">
        <Title order={2} size="h5">
          {t('title')}
        </Title>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            renderRoot={(props: object) => <Link to="/simulator" {...props} />}
            aria-label={t('whole')}
            title={t('whole')}
          >
            <IconMaximize size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('close')} title={t('close')} onClick={onClose}>
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <PhoneFrame key={asked.times} url={url} view="phone" to={asked.to} onClose={onClose} />
    </Stack>
  );
}

/** The number that the URL asks to be texted: taken out of it, so that the same one may be asked for again. */
function useAskedNumber(): { to: string | undefined; times: number } {
  const { to }: { to?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [known, setKnown] = useState(to);
  const [asked, setAsked] = useState({ to, times: 0 });
  if (to !== known) {
    setKnown(to);
    if (to !== undefined) setAsked({ to, times: asked.times + 1 });
  }
  useEffect(() => {
    if (to === undefined) return;
    void navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, to: undefined }) });
  }, [to, navigate]);
  return asked;
}
