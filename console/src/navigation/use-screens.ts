import { useSimulatorUrl } from '../api/about.ts';
import { useUser } from '../session/session.ts';
import { SCREENS } from './screens.ts';

/** The screens that the user may open; the phone only where Twilio is simulated. */
export function useScreens() {
  const { can } = useUser();
  const simulatorUrl = useSimulatorUrl();
  return SCREENS.filter(({ scope, to }) => can(scope) && (to !== '/simulator' || simulatorUrl !== null));
}
