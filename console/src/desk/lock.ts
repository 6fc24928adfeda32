import { useQuery } from '@tanstack/react-query';
import { aboutGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AboutDto, ContactDto } from '../api/generated/types.gen.ts';
import { useUser } from '../session/session.ts';
import { type Lock, lockOf } from './lock-of.ts';

const LOOK_AGAIN_MS = 15_000;
const QUIET_MS = 60_000;

/** How the account's Twilio stands; looked at again until it can be sent with. */
export function useTelephonyState(): AboutDto['telephonyState'] | undefined {
  const { data } = useQuery({
    ...aboutGetOptions(),
    refetchInterval: ({ state: { data: about } }) => (about?.telephonyState === 'connected' ? QUIET_MS : LOOK_AGAIN_MS),
  });
  return data?.telephonyState;
}

/** As `lockOf`, and whether there is a Twilio account to send with. */
export function useLock(contact: ContactDto): Lock | null {
  const { id } = useUser();
  const telephony = useTelephonyState();
  return lockOf(contact, id) ?? (telephony === 'disconnected' ? 'disconnected' : null);
}
