import { NavLink } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/session.ts';
import { useSimulatorUrl } from '../simulator/simulator-url.ts';
import { isWithin, SCREENS } from './screens.ts';

/** The screens that the user may open; the phone only where Twilio is simulated. */
export function useScreens() {
  const { can } = useUser();
  const simulatorUrl = useSimulatorUrl();
  return SCREENS.filter(({ scope, to }) => can(scope) && (to !== '/simulator' || simulatorUrl !== null));
}

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
