import { ActionIcon, Badge, Group, Menu, SegmentedControl } from '@mantine/core';
import { IconLogout, IconMoon, IconPlugConnectedX, IconSearch, IconSun, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../i18n/i18n.ts';
import { type Language, LANGUAGES } from '../i18n/languages.ts';
import { useLiveState } from '../live/live-events.ts';
import { useUser } from '../session/session.ts';
import { useSignOut } from '../session/sign-out.ts';
import { PhoneButton } from '../simulator/phone-button.tsx';
import { useSimulatorUrl } from '../api/about.ts';
import { useOtherColorScheme } from '../ui/color-scheme.ts';
import { shellDialog } from '../navigation/shell-dialog.ts';

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
      <PaletteButton />
      <PhoneButton />
      <ColorSchemeSwitch />
      <UserMenu />
    </Group>
  );
}

function PaletteButton() {
  const { t } = useTranslation('palette');
  return (
    <ActionIcon
      visibleFrom="sm"
      aria-label={t('button')}
      title={t('button')}
      onClick={() => shellDialog.set('palette')}
    >
      <IconSearch size={18} aria-hidden />
    </ActionIcon>
  );
}

function ColorSchemeSwitch() {
  const { t } = useTranslation('app');
  const { other, toOther } = useOtherColorScheme();
  return (
    <ActionIcon aria-label={t(other === 'dark' ? 'toDark' : 'toLight')} onClick={toOther}>
      {other === 'dark' ? <IconMoon size={18} aria-hidden /> : <IconSun size={18} aria-hidden />}
    </ActionIcon>
  );
}

function UserMenu() {
  const { t, i18n } = useTranslation('app');
  const user = useUser();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('userMenu')}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item
          hiddenFrom="sm"
          leftSection={<IconSearch size={16} aria-hidden />}
          onClick={() => shellDialog.set('palette')}
        >
          {t('palette:title')}
        </Menu.Item>
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
