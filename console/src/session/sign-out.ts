import { useMutation } from '@tanstack/react-query';
import { sessionSignOut } from '../api/generated/sdk.gen.ts';
import { queryClient } from '../api/query-client.ts';

/** Ends this session, or all of the user. */
export const useSignOut = () =>
  useMutation({
    mutationFn: (everywhere: boolean) => sessionSignOut({ query: { everywhere }, throwOnError: true }),
    onSuccess: () => queryClient.setQueryData(['session'], null),
  });
