import { IconMessage, IconPhoneIncoming } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactsListOptions, entryPointsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useUser } from '../session/session.ts';
import type { Command } from './command.ts';
import { contactsNamed } from './contacts-named.ts';

const MAX_FOUND = 5;
const ICON = { size: 20, 'aria-hidden': true } as const;

/** Entry points that what was typed is in. @param typed nothing is looked for while it is empty */
export function useFoundEntryPoints(typed: string): Command[] {
  const { can } = useUser();
  const navigate = useNavigate();
  const enabled = typed !== '' && can('entry-points:write');
  const { data } = useQuery({
    ...entryPointsListOptions({ query: { q: typed, limit: MAX_FOUND } }),
    enabled,
    placeholderData: keepPreviousData,
  });
  if (!enabled) return [];
  return (data?.data ?? []).map(({ id, name, phoneNumber }) => ({
    id,
    label: name,
    description: phoneNumber,
    icon: <IconPhoneIncoming {...ICON} />,
    run: () => void navigate({ to: '/entry-points/$id', params: { id } }),
  }));
}

/** Contacts of a number, or with a message that has the words. @param typed nothing is looked for while it is empty */
export function useFoundContacts(typed: string): Command[] {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const { data } = useQuery({
    ...contactsListOptions({ query: { ...contactsNamed(typed), limit: MAX_FOUND } }),
    enabled: typed !== '',
    placeholderData: keepPreviousData,
  });
  if (typed === '') return [];
  return (data?.data ?? []).map(({ id, ani, state, lastMessage }) => ({
    id,
    label: ani,
    description: [t(`state.${state}`), lastMessage?.body].filter(Boolean).join(' · '),
    icon: <IconMessage {...ICON} />,
    run: () => void navigate({ to: '/desk/$id', params: { id } }),
  }));
}
