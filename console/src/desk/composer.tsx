import { Box, Button, Group, Kbd, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useUser } from '../session/session.ts';
import { SegmentMeter } from '../sms-text/segment-meter.tsx';
import { SMS_LIMIT } from '../sms-text/sms-limit.ts';
import { useSegments } from '../sms-text/use-segments.ts';
import { useDraft } from './drafts.ts';
import { send } from './outbox.ts';
import { COMPOSER, THREAD } from './panes.ts';

/** Where the agent writes. The text goes to the outbox, which sees that it is sent once. */
export function Composer({ contact, isOffline }: { contact: ContactDto; isOffline: boolean }) {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const [text, setText] = useDraft(agentId, contact.id);
  const { data: counted } = useSegments(text);
  const canSend = text.trim() !== '' && text.length <= SMS_LIMIT && !isOffline;
  const submit = (): void => {
    if (!canSend) return;
    send({ contactId: contact.id, agentId, body: text });
    setText('');
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape') document.getElementById(THREAD)?.focus();
  };
  return (
    <Box p="sm" style={{ flexShrink: 0, borderTop: '1px solid var(--mantine-color-default-border)' }}>
      <Textarea
        id={COMPOSER}
        aria-label={t('composer.label', { customer: contact.ani })}
        placeholder={t('composer.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
        readOnly={isOffline}
        lang={contact.lang}
        dir="auto"
        autosize
        minRows={2}
        maxRows={8}
      />
      <Group justify="space-between" align="flex-start" gap="xs" mt={6} wrap="nowrap">
        <SegmentMeter
          text={text}
          counted={text === '' ? undefined : counted}
          onMakePlain={({ plainBody }) => setText(plainBody ?? text)}
        />
        <Button
          size="sm"
          style={{ flexShrink: 0 }}
          leftSection={<IconSend size={16} aria-hidden />}
          rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}
          disabled={!canSend}
          onClick={submit}
        >
          {t('composer.send')}
        </Button>
      </Group>
    </Box>
  );
}
