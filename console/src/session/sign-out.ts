import { useMutation } from '@tanstack/react-query';
import { sessionSignOut } from '../api/generated/sdk.gen.ts';

/** Ends this session, or all of the user. */
export const useSignOut = () =>
  useMutation({
    mutationFn: (everywhere: boolean) => sessionSignOut({ query: { everywhere }, throwOnError: true }),
    onSuccess: forgetAll,
  });

/** Whoever sits down here next finds nothing of what was read or written. */
function forgetAll(): void {
  sessionStorage.clear();
  location.reload();
}
