import type { ContactDto } from '../api/generated/types.gen.ts';

export type Lock = 'closed' | 'waiting' | 'another' | 'optedOut' | 'noNumber' | 'disconnected';

/** Why the agent cannot answer a contact now; null when they can. */
export function lockOf({ state, optedOut, ani, agentId }: ContactDto, userId: string): Lock | null {
  if (state === 'closed') return 'closed';
  if (optedOut) return 'optedOut';
  if (!/^\+?\d+$/.test(ani)) return 'noNumber';
  if (state === 'waiting') return 'waiting';
  return agentId === userId ? null : 'another';
}
