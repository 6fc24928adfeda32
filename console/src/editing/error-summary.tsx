import { Alert, Anchor, List } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type FieldErrors, fieldId, focusField } from './field-errors.ts';

/** All that is wrong with a form, each with a link to its field. */
export function ErrorSummary({ errors, labelOf }: { errors: FieldErrors; labelOf: (path: string) => string }) {
  const { t } = useTranslation('editing');
  const paths = Object.keys(errors);
  if (paths.length === 0) return null;
  return (
    <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={t('errors', { count: paths.length })}>
      <List size="sm">
        {paths.map((path) => (
          <List.Item key={path}>
            <Anchor
              size="sm"
              c="inherit"
              underline="always"
              href={`#${fieldId(path)}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(path);
              }}
            >
              {labelOf(path)}: {errors[path]}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
