import { useQuery } from '@tanstack/react-query';
import { aboutGetOptions } from './generated/@tanstack/react-query.gen.ts';

/** What runs, and how; it stays so until the service is started anew. */
export const useAbout = () => useQuery({ ...aboutGetOptions(), staleTime: Infinity });

/** Where the phone of the simulated Twilio is; null where Twilio is the real one. */
export const useSimulatorUrl = (): string | null => useAbout().data?.simulatorUrl ?? null;
