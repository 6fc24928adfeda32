import { NavLink } from '@mantine/core';
import {
  IconActivity,
  IconDeviceMobile,
  IconFlag,
  IconHeartbeat,
  IconMessages,
  IconPhoneIncoming,
  IconRoute,
  IconSettings,
} from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/session.ts';
import { useSimulatorUrl } from '../simulator/simulator-url.ts';

const SCREENS = [
  { to: '/welcome', icon: IconRoute, text: 'welcome', scope: 'telephony:read' },
  { to: '/entry-points', icon: IconPhoneIncoming, text: 'entryPoints', scope: 'telephony:read' },
  { to: '/campaigns', icon: IconFlag, text: 'campaigns', scope: 'telephony:read' },
  { to: '/desk', icon: IconMessages, text: 'desk', scope: 'contacts:read' },
  { to: '/activity', icon: IconActivity, text: 'activity', scope: 'inbound-sms:read' },
  { to: '/simulator', icon: IconDeviceMobile, text: 'simulator', scope: 'contacts:read' },
  { to: '/health-report', icon: IconHeartbeat, text: 'health', scope: 'inbound-sms:read' },
  { to: '/settings', icon: IconSettings, text: 'settings', scope: 'telephony:read' },
] as const;

/** The screens that the user may open; the phone only where Twilio is simulated. */
export function Navigation() {
  const { t } = useTranslation('app');
  const { can } = useUser();
  const simulatorUrl = useSimulatorUrl();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return SCREENS.filter(({ scope, to }) => can(scope) && (to !== '/simulator' || simulatorUrl !== null)).map(
    ({ to, icon: Icon, text }) => (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={t(text)}
        leftSection={<Icon size={18} aria-hidden />}
        active={path === to || path.startsWith(`${to}/`)}
        aria-current={path === to ? 'page' : undefined}
      />
    ),
  );
}
