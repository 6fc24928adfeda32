import { Title, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMessages } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { contactsCountOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useUser } from '../session/session.ts';
import { EmptyState } from '../ui/list-states.tsx';
import { useAccept } from './contact-actions.tsx';
import { findContact } from './contact-lists.ts';
import { ContactsPane } from './contacts-pane.tsx';
import classes from './desk.module.css';
import { DetailsPane } from './details-pane.tsx';
import { useLiveContacts } from './live-contacts.ts';
import { NewContactAlert } from './new-contact-alert.tsx';
import { COMPOSER, NOTE, type Pane, rowId, useGoTo } from './panes.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { ThreadPane } from './thread-pane.tsx';

/** Where agents take contacts and answer them: three panes side by side, or two, or one at a time, as there is room. */
export function DeskPage() {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const { id }: { id?: string } = useParams({ strict: false });
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const isDetails = search['pane'] === 'details';
  const pane: Pane = id === undefined ? 'contacts' : isDetails ? 'details' : 'thread';
  const { data: counts } = useQuery(contactsCountOptions({ query: { agentId } }));
  useLiveContacts();
  useDeskKeys(id, pane);
  return (
    <div className={classes['frame']}>
      <VisuallyHidden>
        <Title order={1}>{t('title')}</Title>
      </VisuallyHidden>
      {counts && <NewContactAlert waiting={counts.waiting} />}
      <div className={classes['desk']} data-pane={pane}>
        <DeskPane name="contacts" current={pane}>
          <ContactsPane openId={id} counts={counts} />
        </DeskPane>
        <DeskPane name="thread" current={pane}>
          {id === undefined ? (
            <EmptyState icon={<IconMessages aria-hidden />} title={t('nothingOpen')} text={t('nothingOpenText')} />
          ) : (
            <ThreadPane key={id} contactId={id} />
          )}
        </DeskPane>
        <DeskPane name="details" current={pane}>
          {id !== undefined && <DetailsPane key={id} contactId={id} />}
        </DeskPane>
      </div>
    </div>
  );
}

/** A pane; the current one is shown however narrow the desk is. */
function DeskPane({ name, current, children }: { name: Pane; current: Pane; children: ReactNode }) {
  const { t } = useTranslation('desk');
  return (
    <section
      className={classes['pane']}
      data-pane={name}
      data-shown={name === current || undefined}
      aria-label={t(`pane.${name}`)}
    >
      {children}
    </section>
  );
}

/** The keys that mean the same in every pane. */
function useDeskKeys(id: string | undefined, pane: Pane): void {
  const { accept } = useAccept();
  const navigate = useNavigate();
  const goTo = useGoTo();
  const back = async (openId: string): Promise<void> => {
    const search = (before: object) => ({ ...before, pane: undefined });
    if (pane === 'details') return navigate({ to: '.', search });
    await navigate({ to: '/desk', search });
    requestAnimationFrame(() => document.getElementById(rowId(openId))?.focus());
  };
  useShortcuts({
    a: () => {
      const focused = document.activeElement?.closest<HTMLElement>('[data-contact]')?.dataset['contact'];
      const contact = findContact(focused ?? id ?? '');
      if (contact?.state === 'waiting') accept(contact.id);
    },
    r: id === undefined ? undefined : () => void goTo('thread', COMPOSER),
    n: id === undefined ? undefined : () => void goTo('details', NOTE),
    escape: id === undefined ? undefined : () => void back(id),
  });
}
