import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  contactsAcceptMutation,
  contactsCloseMutation,
  contactsReopenMutation,
  contactsTransferMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { errorCodeOf } from '../api/problem.ts';
import { refresh } from '../api/query-client.ts';
import { useUser } from '../session/session.ts';
import { useErrorText } from '../ui/error-text.ts';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { putContact, readContact } from './contact-lists.ts';
import { COMPOSER, useGoTo } from './panes.ts';

const UNDO_MS = 5_000;

function show(contact: ContactDto): void {
  putContact(contact);
  refresh(['contactsCount']);
}

/** An atomic claim: of several agents one gets the contact and goes on in its thread. */
export function useAccept() {
  const { id: agentId } = useUser();
  const navigate = useNavigate();
  const goTo = useGoTo();
  const tellFailure = useTellFailure();
  const isUnderWay = useRef(false);
  const { mutate, isPending, variables } = useMutation({
    ...contactsAcceptMutation(),
    onMutate: () => void (isUnderWay.current = true),
    onSettled: () => void (isUnderWay.current = false),
    onSuccess: async (contact) => {
      show(contact);
      await navigate({
        to: '/desk/$id',
        params: { id: contact.id },
        search: (before: object) => ({ ...before, pane: undefined }),
      });
      await goTo('thread', COMPOSER);
    },
    onError: (error, { path: { id } }) => tellFailure(id, error),
  });
  const accept = useCallback(
    (id: string) => {
      // Or else whoever presses twice would be told that somebody else was first.
      if (!isUnderWay.current) mutate({ path: { id }, body: { agentId } });
    },
    [mutate, agentId],
  );
  return {
    accept,
    /** The contact that is being accepted. */
    accepting: isPending ? variables.path.id : null,
  };
}

/** Gives a contact to another agent; whoever asks shows why it failed. */
export const useTransfer = () => useMutation({ ...contactsTransferMutation(), onSuccess: show });

export function useTakeOver() {
  const { id: agentId } = useUser();
  const goTo = useGoTo();
  const tellFailure = useTellFailure();
  const takeOver = useMutation({
    ...contactsTransferMutation(),
    onSuccess: async (contact) => {
      show(contact);
      await goTo('thread', COMPOSER);
    },
    onError: (error, { path: { id } }) => tellFailure(id, error),
  });
  return {
    takeOver: (id: string) => takeOver.mutate({ path: { id }, body: { agentId } }),
    isPending: takeOver.isPending,
  };
}

export function useReopen() {
  const tellFailure = useTellFailure();
  const reopen = useMutation({
    ...contactsReopenMutation(),
    onSuccess: show,
    onError: (error, { path: { id } }) => tellFailure(id, error),
  });
  return { reopen: (id: string) => reopen.mutate({ path: { id } }), isPending: reopen.isPending };
}

/** Closes at once; for a moment it can be undone from the message that says so, later from the thread. */
export function useClose() {
  const { t } = useTranslation('desk');
  const tellFailure = useTellFailure();
  const { reopen } = useReopen();
  const close = useMutation({
    ...contactsCloseMutation(),
    onSuccess: (contact) => {
      show(contact);
      const toast = `closed-${contact.id}`;
      const undo = () => {
        notifications.hide(toast);
        reopen(contact.id);
      };
      notifications.show({
        id: toast,
        autoClose: UNDO_MS,
        closeButtonProps: { 'aria-label': t('ui:close') },
        message: (
          <Group justify="space-between">
            <Text size="sm">
              {t('close.done')} <PhoneNumber number={contact.ani} />
            </Text>
            <Button size="compact-sm" variant="light" onClick={undo}>
              {t('close.undo')}
            </Button>
          </Group>
        ),
      });
    },
    onError: (error, { path: { id } }) => tellFailure(id, error),
  });
  return {
    close: (id: string) => {
      if (!close.isPending) close.mutate({ path: { id } });
    },
    isPending: close.isPending,
  };
}

/** Says what went wrong, and reads the contact again, because it has changed. */
function useTellFailure() {
  const { t } = useTranslation('desk');
  const errorText = useErrorText();
  return (id: string, error: unknown): void => {
    const isLost = errorCodeOf(error) === 'contact_already_accepted';
    notifications.show({
      color: isLost ? 'yellow' : 'red',
      message: isLost ? t('acceptedByAnother') : errorText(error),
      closeButtonProps: { 'aria-label': t('ui:close') },
    });
    // What went wrong is told above; this failing too says nothing more.
    void readContact(id).catch(() => undefined);
  };
}
