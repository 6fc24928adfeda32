import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { client } from './generated/client.gen.ts';
import { refusalOf, statusOf } from './problem.ts';

client.setConfig({ baseUrl: '', throwOnError: true, credentials: 'same-origin' });
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
      retry: (failures, error) => failures < 2 && (statusOf(error) ?? 500) >= 500,
    },
  },
});

/** A session may end elsewhere; whatever is asked for next brings the sign-in. */
function noticeSignOut(error: unknown): void {
  if (statusOf(error) === 401) queryClient.setQueryData(['session'], null);
}

/** Reads anew whatever came from these operations (`contactsList`), of this path id if given. */
export function refresh(operations: string[], id?: string): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => {
      const key = queryKey[0] as { _id?: string; path?: { id?: string } } | undefined;
      if (key?._id === undefined || !operations.includes(key._id)) return false;
      return id === undefined || key.path?.id === undefined || key.path.id === id;
    },
  });
}
