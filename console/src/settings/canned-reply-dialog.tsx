import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  cannedRepliesCreateMutation,
  cannedRepliesUpdateMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { CannedReplyDto } from '../api/generated/types.gen.ts';
import { refresh } from '../api/query-client.ts';
import { SegmentMeter } from '../sms-text/segment-meter.tsx';
import { useSegments } from '../sms-text/use-segments.ts';
import { useFieldTexts } from '../ui/error-text.ts';
import { Failure } from '../ui/failure.tsx';

interface CannedReplyDialogProps {
  /** Null while there is nothing to write. */
  reply: CannedReplyDto | 'new' | null;
  onClose: () => void;
}

/** Creates or edits a canned reply. */
export function CannedReplyDialog({ reply, onClose }: CannedReplyDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={reply !== null}
      onClose={onClose}
      title={t(reply === 'new' ? 'cannedReplies.add' : 'cannedReplies.edit')}
    >
      {reply !== null && <CannedReplyForm reply={reply === 'new' ? null : reply} onDone={onClose} />}
    </Modal>
  );
}

function CannedReplyForm({ reply, onDone }: { reply: CannedReplyDto | null; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const fieldTexts = useFieldTexts();
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [versionRead] = useState(reply?.version);
  const { data: counted } = useSegments(text);
  const saved = {
    onSuccess: onDone,
    onSettled: () => refresh(['cannedRepliesList']),
  };
  const create = useMutation({ ...cannedRepliesCreateMutation(), ...saved });
  const update = useMutation({ ...cannedRepliesUpdateMutation(), ...saved });
  const { error, isPending } = reply === null ? create : update;
  const errors = fieldTexts(error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { shortcut, text };
    if (reply === null) create.mutate({ body });
    else update.mutate({ path: { id: reply.id }, headers: { 'If-Match': `"${reply.version}"` }, body });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Failure error={error} fields={['shortcut', 'text']} />
        {reply !== null && reply.version !== versionRead && (
          <Alert color="orange" style={{ overflowWrap: 'anywhere' }}>
            {t('cannedReplies.meanwhile', { shortcut: reply.shortcut, text: reply.text })}
          </Alert>
        )}
        <TextInput
          label={t('cannedReplies.shortcut')}
          description={t('cannedReplies.shortcutHint')}
          leftSection={<Text aria-hidden>/</Text>}
          required
          maxLength={31}
          data-autofocus
          value={shortcut}
          error={errors['shortcut']}
          onChange={(event) => setShortcut(event.currentTarget.value)}
        />
        <Textarea
          label={t('cannedReplies.text')}
          description={t('cannedReplies.textHint')}
          required
          value={text}
          error={errors['text']}
          onChange={(event) => setText(event.currentTarget.value)}
          dir="auto"
          autosize
          minRows={3}
          maxRows={10}
        />
        {text !== '' && (
          <SegmentMeter text={text} counted={counted} onMakePlain={({ plainBody }) => setText(plainBody ?? text)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('ui:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
