import { Anchor, AppShell, Burger, Center, Group, Loader, Text } from '@mantine/core';
import { useDisclosure, useElementSize, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AllDisabledBanner } from '../entry-points/all-disabled-banner.tsx';
import { useLiveEvents } from '../live/live-events.ts';
import { ChangePassword } from '../session/change-password.tsx';
import { useHasSessionEnded } from '../session/ended-session.ts';
import { useSession, useUser } from '../session/session.ts';
import { SignIn } from '../session/sign-in.tsx';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { BESIDE_FROM, FITS_BESIDE, PHONE_PANEL, PHONE_WIDTH, usePhoneBeside } from '../simulator/phone-beside.ts';
import { ErrorState } from '../ui/list-states.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { AdminsOnly } from './admins-only.tsx';
import { HeaderTools } from './header-tools.tsx';
import { Navigation } from './navigation.tsx';
import { isWithin, SCREENS } from '../navigation/screens.ts';
import { closeShellDialog, shellDialog } from '../navigation/shell-dialog.ts';
import classes from './shell.module.css';

const CONTENT = 'content';

const BELOW_MENU = 99;

const PhonePanel = lazy(async () => ({ default: (await import('../simulator/simulator.page.tsx')).PhonePanel }));

const ShellDialogs = lazy(async () => ({ default: (await import('./shell-dialogs.tsx')).ShellDialogs }));

/** What is around every screen, once somebody is signed in. */
export function Shell() {
  const { t } = useTranslation('ui');
  const session = useSession();
  const hasEnded = useHasSessionEnded();
  if (session.isPending) {
    return (
      <Center component="main" mih="100dvh">
        <Loader aria-label={t('loading')} />
      </Center>
    );
  }
  if (session.isError) {
    return (
      <Center component="main" mih="100dvh" p="md">
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      </Center>
    );
  }
  if (session.data === null) return <SignIn />;
  const { email, mustChangePassword } = session.data.user;
  return (
    <>
      {mustChangePassword ? <ChangePassword /> : <SignedInShell />}
      <SignInAgain opened={hasEnded} email={email} />
    </>
  );
}

function SignedInShell() {
  const { t } = useTranslation('app');
  const [isOpen, { toggle, close }] = useDisclosure();
  const banner = useElementSize();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const phone = usePhoneBeside();
  const fitsBeside = useMediaQuery(FITS_BESIDE, true, { getInitialValueInEffect: false });
  useLiveEvents();
  useEffect(close, [path, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      {...(phone.isOpen && { aside: { width: PHONE_WIDTH, breakpoint: BESIDE_FROM } })}
      navbar={{ width: { base: 220, md: 220 }, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
    >
      <SkipLink />
      <DialogsOfKeys />
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} />
            <Text fw={700} truncate>
              sms-inbound
            </Text>
          </Group>
          <HeaderTools />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        <Navigation />
      </AppShell.Navbar>
      {/* Screens as high as the window leave room for it. */}
      <AppShell.Main
        id={CONTENT}
        tabIndex={-1}
        className={classes['content'] ?? ''}
        inert={phone.isOpen && !fitsBeside}
        style={{ '--banner-height': `${banner.height}px` }}
      >
        <div ref={banner.ref}>
          <AllDisabledBanner />
        </div>
        <Screen />
      </AppShell.Main>
      {phone.isOpen && (
        // Below the menu, which opens over it where the screen is narrow.
        <AppShell.Aside id={PHONE_PANEL} aria-label={t('simulator')} zIndex={BELOW_MENU}>
          <Suspense fallback={<Loader m="auto" aria-label={t('ui:loading')} />}>
            <PhonePanel url={phone.url!} onClose={() => phone.show(false)} />
          </Suspense>
        </AppShell.Aside>
      )}
    </AppShell>
  );
}

/** What opens over any screen by a key. */
function DialogsOfKeys() {
  const dialog = shellDialog.use();
  const isLocked = useHasSessionEnded();
  const [wasAsked, setAsked] = useState(false);
  if (dialog !== null && !wasAsked) setAsked(true);
  const toggle = (): void => shellDialog.set(shellDialog.get() === 'palette' ? null : 'palette');
  // Also while one types.
  useHotkeys(isLocked ? [] : [['mod+K', toggle]], []);
  useShortcuts({ '?': () => shellDialog.set('keys') });
  useEffect(() => closeShellDialog, []);
  return (
    wasAsked && (
      <Suspense>
        <ShellDialogs />
      </Suspense>
    )
  );
}

/** The screen that was asked for, for those whose it is. Everybody has a start: it leads agents on to their desk. */
function Screen() {
  const { t } = useTranslation('app');
  const { can } = useUser();
  // Of the screen that is shown: while the next one is loading, the location is that one's already.
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.pathname ?? '' });
  const screen = SCREENS.find(({ to }) => isWithin(path, to));
  if (screen === undefined || screen.to === '/welcome' || can(screen.scope)) return <Outlet />;
  return <AdminsOnly screen={t(screen.text)} />;
}

/** For the keyboard: past the header and the menu, which are the same on every screen. */
function SkipLink() {
  const { t } = useTranslation('app');
  return (
    <Anchor
      href={`#${CONTENT}`}
      className={classes['skip'] ?? ''}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(CONTENT)?.focus();
      }}
    >
      {t('skip')}
    </Anchor>
  );
}
