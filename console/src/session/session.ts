import { useQuery } from '@tanstack/react-query';
import { sessionGet } from '../api/generated/sdk.gen.ts';
import type { SessionDto } from '../api/generated/types.gen.ts';
import { statusOf } from '../api/problem.ts';
import { queryClient } from '../api/query-client.ts';
import { goOn, untilSignedInAgain } from './ended-session.ts';

/** Null when nobody is signed in. Whoever was until now stays who they are, and is asked to sign in again. */
async function readSession(): Promise<SessionDto | null> {
  const known = queryClient.getQueryData<SessionDto | null>(['session']) ?? null;
  try {
    const { data: session } = await sessionGet({ throwOnError: true });
    // In another tab, perhaps.
    if (session.user.id === known?.user.id) goOn(true);
    return session;
  } catch (error) {
    if (statusOf(error) !== 401) throw error;
    if (known !== null) void untilSignedInAgain();
    return known;
  }
}

export const useSession = () => useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: 60_000 });

/** The user who is signed in; only below the shell, which shows nothing else while nobody is. */
export function useUser(): SessionDto['user'] & { can: (scope: SessionDto['scopes'][number]) => boolean } {
  const { data } = useSession();
  if (!data) throw new Error('Nobody is signed in.');
  return { ...data.user, can: (scope) => data.scopes.includes(scope) };
}
