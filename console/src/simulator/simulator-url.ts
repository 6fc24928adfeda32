import { useAbout } from '../api/about.ts';

/** Where the phone of the simulated Twilio is; null where Twilio is the real one. */
export const useSimulatorUrl = (): string | null => useAbout().data?.simulatorUrl ?? null;
