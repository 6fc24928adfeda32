import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { wrongFieldsOf } from '../api/problem.ts';
import { useErrorText } from './error-text.ts';

/** Says why something could not be done; nothing while nothing failed, or when the fields say it themselves. */
export function Failure({ error, fields = [] }: { error: unknown; fields?: string[] }) {
  const errorText = useErrorText();
  if (!error) return null;
  const wrong = wrongFieldsOf(error);
  if (wrong.length > 0 && wrong.every((field) => fields.includes(field))) return null;
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} role="alert">
      {errorText(error)}
    </Alert>
  );
}
