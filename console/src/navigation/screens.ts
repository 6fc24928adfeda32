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

/** The screens, and what one must be allowed to see to open each. */
export const SCREENS = [
  { to: '/welcome', icon: IconRoute, text: 'welcome', scope: 'telephony:read' },
  { to: '/entry-points', icon: IconPhoneIncoming, text: 'entryPoints', scope: 'telephony:read' },
  { to: '/campaigns', icon: IconFlag, text: 'campaigns', scope: 'telephony:read' },
  { to: '/desk', icon: IconMessages, text: 'desk', scope: 'contacts:read' },
  { to: '/activity', icon: IconActivity, text: 'activity', scope: 'inbound-sms:read' },
  { to: '/simulator', icon: IconDeviceMobile, text: 'simulator', scope: 'contacts:read' },
  { to: '/health-report', icon: IconHeartbeat, text: 'health', scope: 'inbound-sms:read' },
  { to: '/settings', icon: IconSettings, text: 'settings', scope: 'telephony:read' },
] as const;

/** Whether a path is that of a screen, or under it. */
export const isWithin = (path: string, to: string): boolean => path === to || path.startsWith(`${to}/`);
