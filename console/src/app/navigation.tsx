import { NavLink } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isWithin } from '../navigation/screens.ts';
import { useScreens } from '../navigation/use-screens.ts';

export function Navigation() {
  const { t } = useTranslation('app');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return useScreens().map(({ to, icon: Icon, text }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={t(text)}
      leftSection={<Icon size={18} aria-hidden />}
      active={isWithin(path, to)}
      aria-current={path === to ? 'page' : undefined}
    />
  ));
}
