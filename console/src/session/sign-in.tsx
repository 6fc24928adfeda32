import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/query-client.ts';
import { SessionForm } from './session-form.tsx';
import { SignInFields, useSignIn } from './sign-in-fields.tsx';

export function SignIn() {
  const { t } = useTranslation('session');
  const { credentials, change, signIn } = useSignIn({
    onSuccess: (session) => {
      // What somebody else has read here before is not theirs.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      queryClient.setQueryData(['session'], session);
    },
  });
  return (
    <SessionForm title={t('title')} intro={t('intro')} action={t('signIn')} mutation={signIn}>
      <SignInFields credentials={credentials} onChange={change} />
    </SessionForm>
  );
}
