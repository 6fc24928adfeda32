import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { client } from './generated/client.gen.ts';
import { fetchInSession } from './fetch-in-session.ts';
import { errorCodeOf, refusalOf, statusOf } from './problem.ts';

client.setConfig({
  baseUrl: '',
  throwOnError: true,
  credentials: 'same-origin',
  fetch: fetchInSession({
    send: (request) => fetch(request),
    hasSession: () => Boolean(queryClient.getQueryData(['session'])),
    signInAgain: () => signInAgain(),
  }) as typeof fetch,
});
client.interceptors.error.use((error, response) =>
  response === undefined ? error : refusalOf(response.status, error),
);

/** Events tell what has changed, so what was read stays good until they do, or until the stream was cut. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && isPassing(statusOf(error)),
    },
  },
});

/** No answer, too many requests or trouble of the service: it may go better in a second. */
const isPassing = (status = 500): boolean => status === 429 || status >= 500;

let signInAgain = (): Promise<boolean> => Promise.resolve(false);

/**
 * Says how the user is asked to sign in again: that is a dialog, and the API's client knows of none.
 * @param ask resolves to whether the same user has
 */
export function whenSessionEnds(ask: () => Promise<boolean>): void {
  signInAgain = ask;
}

/** Without a session to go on with, whatever is asked for brings the sign-in. */
function noticeSignOut(error: unknown): void {
  if (errorCodeOf(error) === 'unauthorized') queryClient.setQueryData(['session'], null);
}

/** An operation of the API, such as `contactsList`. */
export type Operation = keyof typeof import('./generated/sdk.gen.ts');

/** Reads again whatever came from these operations (`contactsList`), of this path id if given. */
export function refresh(operations: Operation[], id?: string): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => {
      const key = queryKey[0] as { _id?: Operation; path?: { id?: string } } | undefined;
      if (key?._id === undefined || !operations.includes(key._id)) return false;
      return id === undefined || key.path?.id === undefined || key.path.id === id;
    },
  });
}
