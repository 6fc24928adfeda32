import { AppShell, Burger, Center, Group, Loader, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveEvents } from '../live/live-events.ts';
import { ChangePassword } from '../session/change-password.tsx';
import { useSession } from '../session/session.ts';
import { SignIn } from '../session/sign-in.tsx';
import { BESIDE_FROM, FITS_BESIDE, PHONE_PANEL, PHONE_WIDTH, usePhoneBeside } from '../simulator/phone-beside.ts';
import { ErrorState } from '../ui/list-states.tsx';
import { HeaderTools } from './header-tools.tsx';
import { Navigation } from './navigation.tsx';

const BELOW_MENU = 99;

const PhonePanel = lazy(async () => ({ default: (await import('../simulator/simulator.page.tsx')).PhonePanel }));

/** What is around every screen, once somebody is signed in. */
export function Shell() {
  const { t } = useTranslation('ui');
  const session = useSession();
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
  if (session.data.user.mustChangePassword) return <ChangePassword />;
  return <SignedInShell />;
}

function SignedInShell() {
  const { t } = useTranslation('app');
  const [isOpen, { toggle, close }] = useDisclosure();
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
      <AppShell.Main inert={phone.isOpen && !fitsBeside}>
        <Outlet />
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
