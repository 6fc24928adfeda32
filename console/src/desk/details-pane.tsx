import { ActionIcon, Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BlockedSender } from './blocked-sender.tsx';
import { ContactData } from './contact-data.tsx';
import { ContactFacts } from './contact-facts.tsx';
import { ContactNotes } from './contact-notes.tsx';
import { ContactTags } from './contact-tags.tsx';
import classes from './desk.module.css';
import { Section } from './details-section.tsx';
import { EarlierContacts } from './earlier-list.tsx';
import { OptOuts } from './opt-outs.tsx';
import { useContact } from './open-contact.ts';

/** What is known of the open contact. */
export function DetailsPane({ contactId }: { contactId: string }) {
  const { t } = useTranslation('desk');
  const { data: contact } = useContact(contactId);
  // The thread says when it cannot be read.
  if (contact === undefined) return null;
  return (
    <div className={classes['scroll']} tabIndex={0} role="group" aria-label={t('pane.details')}>
      <Group className={classes['toDetails']} p="xs" gap="xs">
        <ActionIcon
          aria-label={t('backToThread')}
          renderRoot={(props) => (
            <Link to="." search={(before: object) => ({ ...before, pane: undefined })} {...props} />
          )}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <ContactFacts contact={contact} />
      <Section title={t('notes.title')}>
        <ContactNotes contactId={contactId} />
      </Section>
      <Section title={t('tags.title')}>
        <ContactTags contact={contact} />
      </Section>
      <ContactData data={contact.data} />
      <Section title={t('optOuts.title')}>
        <OptOuts contact={contact} />
      </Section>
      <Section title={t('earlier.title')}>
        <EarlierContacts contactId={contactId} />
      </Section>
      <BlockedSender customer={contact.ani} />
    </div>
  );
}
