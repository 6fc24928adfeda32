import { Anchor, AppShell, Burger, Center, Group, Loader, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveEvents } from '../live/live-events.ts';
import { ChangePassword } from '../session/change-password.tsx';
import { useSession } from '../session/session.ts';
import { SignIn } from '../session/sign-in.tsx';
import { ErrorState } from '../ui/list-states.tsx';
import { HeaderTools } from './header-tools.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';

const CONTENT = 'content';

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
  useLiveEvents();
  useEffect(close, [path, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: { base: 220, md: 220 }, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
    >
      <SkipLink />
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
      <AppShell.Main id={CONTENT} tabIndex={-1} className={classes['content'] ?? ''}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
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
