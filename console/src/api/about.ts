import { useQuery } from '@tanstack/react-query';
import { aboutGetOptions } from './generated/@tanstack/react-query.gen.ts';

/** What runs, and how; it does not change until the service is restarted. */
export const useAbout = () => useQuery({ ...aboutGetOptions(), staleTime: Infinity });

/** Where the phone of the simulated Twilio is; null where Twilio is the real one. */
export const useSimulatorUrl = (): string | null => useAbout().data?.simulatorUrl ?? null;
