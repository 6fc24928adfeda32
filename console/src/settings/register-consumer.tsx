import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { consumersPutMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useFieldTexts } from '../ui/error-text.ts';
import { Failure } from '../ui/failure.tsx';

export function RegisterConsumer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('consumers.add')}>
      <NewConsumer onDone={onClose} />
    </Modal>
  );
}

function NewConsumer({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const fieldTexts = useFieldTexts();
  const [name, setName] = useState('');
  const register = useMutation({
    ...consumersPutMutation(),
    onSuccess: () => {
      refresh(['consumersList']);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    register.mutate({ path: { name: name.trim() }, body: {} });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Failure error={register.error} fields={['name']} />
        <TextInput
          label={t('consumers.name')}
          description={t('consumers.nameHint')}
          required
          maxLength={40}
          spellCheck={false}
          data-autofocus
          value={name}
          error={fieldTexts(register.error)['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={register.isPending}>
            {t('consumers.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
