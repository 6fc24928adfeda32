import { useLocalStorage } from '@mantine/hooks';
import { useUser } from '../session/session.ts';

/** What each person has set for the desk, on this computer. */
export interface DeskPreferences {
  /** Sound for new contacts. */
  sound: boolean;
  /** Single keys that do something. */
  shortcuts: boolean;
}

export function useDeskPreferences() {
  const { id } = useUser();
  const [preferences, set] = useLocalStorage<DeskPreferences>({
    key: `sms-inbound.desk.${id}`,
    defaultValue: { sound: false, shortcuts: true },
    getInitialValueInEffect: false,
  });
  const prefer = (changes: Partial<DeskPreferences>): void => set((before) => ({ ...before, ...changes }));
  return { ...preferences, prefer };
}
