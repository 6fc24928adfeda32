import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeysCreateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { CreatedApiKeyDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useFieldTexts } from '../ui/error-text.ts';
import { Failure } from '../ui/failure.tsx';
import { type Scope, ScopeChoice } from './scope-choice.tsx';
import { ShownOnce } from './shown-once.tsx';

/** Makes an API key, and shows it before the dialog goes. */
export function CreateApiKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [created, setCreated] = useState<CreatedApiKeyDto>();
  const close = () => {
    onClose();
    setCreated(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t('apiKeys.create')}
      closeOnClickOutside={created === undefined}
    >
      {created === undefined ? (
        <NewApiKey onCreated={setCreated} />
      ) : (
        <ShownOnce
          text={t('apiKeys.firstShown', { name: created.name })}
          secret={created.key}
          label={t('apiKeys.key')}
          onDone={close}
        />
      )}
    </Modal>
  );
}

function NewApiKey({ onCreated }: { onCreated: (apiKey: CreatedApiKeyDto) => void }) {
  const { t } = useTranslation('settings');
  const fieldTexts = useFieldTexts();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>([]);
  const create = useMutation({
    ...apiKeysCreateMutation(),
    onSuccess: (apiKey) => {
      refresh(['apiKeysList']);
      onCreated(apiKey);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ body: { name: name.trim(), scopes } });
  };
  const errors = fieldTexts(create.error);
  return (
    <form onSubmit={submit}>
      <Stack>
        <Failure error={create.error} fields={['name', 'scopes']} />
        <TextInput
          label={t('apiKeys.name')}
          description={t('apiKeys.nameHint')}
          required
          maxLength={80}
          data-autofocus
          value={name}
          error={errors['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ScopeChoice
          value={scopes}
          onChange={setScopes}
          error={errors['scopes'] === undefined ? undefined : t('apiKeys.scopesMissing')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('apiKeys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
