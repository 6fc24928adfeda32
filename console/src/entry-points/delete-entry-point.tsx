import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactsListOptions, entryPointWebhooksCheckOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { entryPointsDelete, entryPointWebhooksRestore } from '../api/generated/sdk.gen.ts';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { statusOf } from '../api/problem.ts';
import { refresh } from '../api/query-client.ts';
import { useErrorText } from '../ui/error-text.ts';

/** Asks before an entry point goes, for its name when it had contacts, and what is to become of its webhook. */
export function DeleteEntryPoint({ entryPoint, onClose }: { entryPoint: EntryPointDto; onClose: () => void }) {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  const { id, name, version } = entryPoint;
  const contacts = useQuery(contactsListOptions({ query: { entryPointId: id, limit: 1 } }));
  const webhook = useQuery({ ...entryPointWebhooksCheckOptions({ path: { id } }), retry: false });
  const [typed, setTyped] = useState('');
  const [restores, setRestores] = useState(true);
  const hadContacts = contacts.data === undefined || contacts.data.data.length > 0;
  // Only what was set from here, and still stands, can be taken back.
  const canRestore = webhook.data?.state === 'set' && webhook.data.previous !== null;
  const remove = useMutation({
    mutationFn: async () => {
      if (canRestore && restores) await entryPointWebhooksRestore({ path: { id }, throwOnError: true });
      await entryPointsDelete({ path: { id }, headers: { 'If-Match': `"${version}"` }, throwOnError: true });
    },
    onSuccess: onClose,
    onSettled: () => refresh(['entryPointsList', 'phoneNumbersList', 'entryPointTrafficList']),
  });
  const { smsUrl = null, smsApplicationSid = null } = webhook.data?.previous ?? {};
  const isCleared = smsUrl === null && smsApplicationSid === null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('delete.title', { name })}
      closeButtonProps={{ 'aria-label': t('ui:cancel') }}
    >
      <Stack>
        <Text size="sm">{t('delete.effect')}</Text>
        {canRestore ? (
          <Checkbox
            checked={restores}
            onChange={(event) => setRestores(event.currentTarget.checked)}
            label={t(isCleared ? 'delete.clear' : 'delete.restore')}
            description={
              isCleared ? t('delete.restoreNothing') : [smsUrl, smsApplicationSid].filter(Boolean).join(' · ')
            }
            styles={{ description: { overflowWrap: 'anywhere' } }}
          />
        ) : null}
        {!(canRestore && restores) && !webhook.isLoading && <Text size="sm">{t('delete.webhookStays')}</Text>}
        {hadContacts && (
          <TextInput
            label={t('delete.typeName', { name })}
            description={t('delete.hadContacts')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {remove.isError && (
          <Alert color="red" role="alert">
            {statusOf(remove.error) === 412 ? t('changedByAnother') : errorText(remove.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button
            color="red"
            disabled={hadContacts && typed.trim() !== name}
            loading={remove.isPending || contacts.isLoading || webhook.isLoading}
            onClick={() => remove.mutate()}
          >
            {t('delete.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
