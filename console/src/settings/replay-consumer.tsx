import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { consumersReplayMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { Failure } from '../ui/failure.tsx';

/** Gives a consumer its events again: all that are kept, or those after one that it knows. */
export function ReplayConsumer({ name, opened, onClose }: { name: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('consumers.replayTo', { name })}>
      <ReplayForm name={name} onDone={onClose} />
    </Modal>
  );
}

function ReplayForm({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const [from, setFrom] = useState('oldest');
  const [after, setAfter] = useState('');
  const replay = useMutation({
    ...consumersReplayMutation(),
    onSuccess: () => {
      refresh(['consumersList', 'consumersDeliveries']);
      notifications.show({ color: 'green', message: t('consumers.replaying', { name }) });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    replay.mutate({ path: { name }, body: from === 'oldest' ? {} : { after: after.trim() } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('consumers.replayEffect')}</Text>
        <Failure error={replay.error} />
        <Radio.Group label={t('consumers.replayFrom')} value={from} onChange={setFrom}>
          <Stack gap="xs" mt="xs">
            <Radio value="oldest" label={t('consumers.fromOldest')} />
            <Radio value="after" label={t('consumers.fromAfter')} />
          </Stack>
        </Radio.Group>
        {from === 'after' && (
          <TextInput
            label={t('consumers.sequence')}
            description={t('consumers.sequenceHint')}
            required
            spellCheck={false}
            value={after}
            onChange={(event) => setAfter(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={replay.isPending}>
            {t('consumers.replay')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
