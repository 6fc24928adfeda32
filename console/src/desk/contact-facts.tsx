import { Anchor, Text } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { campaignsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { useUser } from '../session/session.ts';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { useAgentName } from './agents.ts';
import classes from './desk.module.css';
import { Section } from './details-section.tsx';
import { useEarlierContacts } from './earlier-contacts.ts';
import { useEntryPointName } from './entry-point-names.ts';

/** Who, to whom, since when, and how it stands. */
export function ContactFacts({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  const { dateTime, languageName, number } = useFormat();
  const { can } = useUser();
  const entryPointName = useEntryPointName();
  const agentName = useAgentName();
  const { data: campaign } = useQuery(campaignsGetOptions({ path: { id: contact.campaignId } }));
  const [first] = useEarlierContacts(contact.id).data ?? [];
  const facts: [string, ReactNode][] = [
    ['number', <PhoneNumber number={contact.ani} />],
    [
      'entryPoint',
      <>
        {entryPointName(contact.entryPointId) ?? t('facts.deleted')} (<PhoneNumber number={contact.dnis} />)
      </>,
    ],
    ['campaign', campaign?.name],
    ['language', languageName(contact.lang)],
    ['agent', agentName(contact.agentId)],
    ['firstSeen', dateTime(first?.createdAt ?? contact.createdAt)],
    ['created', dateTime(contact.createdAt)],
    ['accepted', contact.acceptedAt && dateTime(contact.acceptedAt)],
    ['reopened', contact.reopenedAt && dateTime(contact.reopenedAt)],
    ['closed', contact.closedAt && dateTime(contact.closedAt)],
    ['closeReason', contact.closeReason && t(`facts.by.${contact.closeReason}`)],
    ['messages', number(contact.messageCount)],
    ['version', number(contact.version)],
  ];
  return (
    <Section title={t('facts.title')}>
      <dl className={classes['facts']}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <Text component="dt" size="xs" c="dimmed">
                  {t(`facts.${name}`)}
                </Text>
                <Text component="dd" size="sm" m={0} className={classes['theirs']}>
                  <bdi>{value}</bdi>
                </Text>
              </div>
            ),
        )}
      </dl>
      {can('inbound-sms:read') && (
        <Anchor size="sm" renderRoot={(props) => <Link to="/activity" search={{ contactId: contact.id }} {...props} />}>
          {t('facts.trace')} <IconArrowUpRight size={14} aria-hidden />
        </Anchor>
      )}
    </Section>
  );
}
