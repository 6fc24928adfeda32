import {
  ActionIcon,
  Badge,
  Group,
  Menu,
  SegmentedControl,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconLogout, IconMoon, IconPlugConnectedX, IconSun, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionSignOut } from '../api/generated/sdk.gen.ts';
import { LANGUAGES, type Language, switchLanguage } from '../i18n/i18n.ts';
import { useLiveState } from '../live/live-events.ts';
import { useUser } from '../session/session.ts';
import { PhoneButton } from '../simulator/phone-button.tsx';
import { useSimulatorUrl } from '../simulator/simulator-url.ts';

export function HeaderTools() {
  const { t, i18n } = useTranslation('app');
  const live = useLiveState();
  const simulatorUrl = useSimulatorUrl();
  return (
    <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
      <Badge color={simulatorUrl === null ? 'green' : 'blue'} visibleFrom="xs">
        {simulatorUrl === null ? t('modeLive') : t('modeSimulator')}
      </Badge>
      <Badge
        color={live === 'live' ? 'green' : 'orange'}
        role="status"
        leftSection={live === 'offline' ? <IconPlugConnectedX size={12} aria-hidden /> : null}
      >
        {t(`live.${live}`)}
      </Badge>
      <SegmentedControl
        size="xs"
        visibleFrom="sm"
        aria-label={t('language')}
        value={i18n.language}
        data={LANGUAGES.map((language) => ({ value: language, label: language.toUpperCase() }))}
        onChange={(language) => void switchLanguage(language as Language)}
      />
      <PhoneButton />
      <ColorSchemeSwitch />
      <UserMenu />
    </Group>
  );
}

function ColorSchemeSwitch() {
  const { t } = useTranslation('app');
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <ActionIcon
      aria-label={t(scheme === 'dark' ? 'toLight' : 'toDark')}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      {scheme === 'dark' ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
    </ActionIcon>
  );
}

/** Whoever sits down here next finds nothing of what was read or written. */
function forgetAll(): void {
  sessionStorage.clear();
  location.reload();
}

function UserMenu() {
  const { t, i18n } = useTranslation('app');
  const user = useUser();
  const signOut = useMutation({
    mutationFn: (everywhere: boolean) => sessionSignOut({ query: { everywhere }, throwOnError: true }),
    onSuccess: forgetAll,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('userMenu')}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {LANGUAGES.filter((language) => language !== i18n.language).map((language) => (
          <Menu.Item key={language} hiddenFrom="sm" onClick={() => void switchLanguage(language)}>
            {new Intl.DisplayNames(language, { type: 'language' }).of(language)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate(false)}>
          {t('session:signOut')}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate(true)}>{t('session:signOutEverywhere')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
