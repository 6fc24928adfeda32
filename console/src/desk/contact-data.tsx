import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './desk.module.css';
import { Section } from './details-section.tsx';

/** What programs have put on the contact. */
export function ContactData({ data }: { data: Record<string, unknown> }) {
  const { t } = useTranslation('desk');
  if (Object.keys(data).length === 0) return null;
  return (
    <Section title={t('data.title')}>
      <Code block className={classes['data']} tabIndex={0} aria-label={t('data.title')}>
        {JSON.stringify(data, null, 2)}
      </Code>
    </Section>
  );
}
