import { useLocalStorage } from '@mantine/hooks';
import { useUser } from '../session/session.ts';

/** What each person has set for the desk, on this computer. */
export interface DeskPreferences {
  /** Sound for new contacts. */
  sound: boolean;
  /** The browser's own notification of new contacts; off until it is allowed. */
  notification: boolean;
  /** Single keys that do something. */
  shortcuts: boolean;
}

const DEFAULTS: DeskPreferences = { sound: false, notification: false, shortcuts: true };

export function useDeskPreferences() {
  const { id } = useUser();
  const [preferences, set] = useLocalStorage<Partial<DeskPreferences>>({
    key: `sms-inbound.desk.${id}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const prefer = (changes: Partial<DeskPreferences>): void => set((before) => ({ ...before, ...changes }));
  return { ...DEFAULTS, ...preferences, prefer };
}
