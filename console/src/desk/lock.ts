import { useQuery } from '@tanstack/react-query';
import { telephonyGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useUser } from '../session/session.ts';

const LOOK_AGAIN_MS = 15_000;

export type Lock = 'closed' | 'waiting' | 'another' | 'optedOut' | 'noNumber' | 'disconnected';

/** Why the agent cannot answer a contact now; null when they can. */
export function lockOf({ state, optedOut, ani, agentId }: ContactDto, userId: string): Lock | null {
  if (state === 'closed') return 'closed';
  if (optedOut) return 'optedOut';
  if (!/^\+?\d+$/.test(ani)) return 'noNumber';
  if (state === 'waiting') return 'waiting';
  return agentId === userId ? null : 'another';
}

/** As `lockOf`, and whether there is a Twilio account to send with. Who may not look at that learns it by sending. */
export function useLock(contact: ContactDto): Lock | null {
  const { id, can } = useUser();
  const { data: telephony } = useQuery({
    ...telephonyGetOptions(),
    enabled: can('telephony:read'),
    refetchInterval: ({ state }) => (state.data?.state === 'disconnected' ? LOOK_AGAIN_MS : false),
  });
  return lockOf(contact, id) ?? (telephony?.state === 'disconnected' ? 'disconnected' : null);
}
