import { useLocalStorage } from '@mantine/hooks';
import { useUser } from './session.ts';

/** What each person has set on this computer. */
export interface Preferences {
  /** Sound for new contacts. */
  sound: boolean;
  /** The browser's own notification of new contacts; off until it is allowed. */
  notification: boolean;
  /** Single keys that do something. */
  shortcuts: boolean;
}

const DEFAULTS: Preferences = { sound: false, notification: false, shortcuts: true };

export function usePreferences() {
  const { id } = useUser();
  const [preferences, set] = useLocalStorage<Partial<Preferences>>({
    // Named after the desk, where the first of them began: under another name, what people have set would be lost.
    key: `sms-inbound.desk.${id}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const prefer = (changes: Partial<Preferences>): void => set((before) => ({ ...before, ...changes }));
  return { ...DEFAULTS, ...preferences, prefer };
}
