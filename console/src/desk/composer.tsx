import { Box, Button, Group, Kbd, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useUser } from '../session/session.ts';
import { useAbout } from '../api/about.ts';
import { SegmentMeter } from '../sms-text/segment-meter.tsx';
import { SMS_LIMIT } from '../sms-text/sms-limit.ts';
import { useSegments } from '../sms-text/use-segments.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { useAttachments } from './attachments.ts';
import { CannedReplyList } from './canned-reply-list.tsx';
import { useCannedSuggestions } from './canned-suggestions.ts';
import classes from './desk.module.css';
import { useDraft } from './drafts.ts';
import { useNoPictures } from './no-pictures.ts';
import { send } from './outbox.ts';
import { COMPOSER, THREAD } from './panes.ts';
import { useDrop } from './use-drop.ts';

/** The service's own default, until it has said what it takes. */
const USUAL_MAX_BYTES = 10 * 1024 * 1024;

/** Where the agent writes. Text and pictures go to the outbox, which sees that they are sent once. */
export function Composer({ contact, isOffline }: { contact: ContactDto; isOffline: boolean }) {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const [text, setText] = useDraft(agentId, contact.id);
  const { data: counted } = useSegments(text);
  const maxBytes = useAbout().data?.mediaMaxBytes ?? USUAL_MAX_BYTES;
  const { attachments, attach, retry, remove, clear } = useAttachments(agentId, contact.id, maxBytes);
  const noPictures = useNoPictures(contact);
  const obstacle = isOffline ? 'offline' : noPictures;
  const suggestions = useCannedSuggestions(text, setText);
  const drop = useDrop(obstacle === null ? attach : null);
  const media = attachments.flatMap((each) => each.media ?? []);
  const isComplete = media.length === attachments.length;
  const canSend = (text.trim() !== '' || media.length > 0) && text.length <= SMS_LIMIT && isComplete && !isOffline;
  const submit = (): void => {
    if (!canSend) return;
    send({ contactId: contact.id, agentId, body: text, media });
    setText('');
    clear();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (suggestions.press(event)) return event.preventDefault();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape') document.getElementById(THREAD)?.focus();
  };
  const paste = (event: ClipboardEvent): void => {
    const { files } = event.clipboardData;
    if (files.length === 0 || obstacle !== null) return;
    event.preventDefault();
    attach(files);
  };
  return (
    <Box className={classes['composer']} {...drop}>
      <AttachmentList attachments={attachments} maxBytes={maxBytes} onRetry={retry} onRemove={remove} />
      {noPictures !== null && attachments.length > 0 && (
        <Text size="xs" c="red" role="alert">
          {t(`attach.obstacle.${noPictures}`)}
        </Text>
      )}
      <CannedReplyList suggestions={suggestions}>
        <Textarea
          id={COMPOSER}
          aria-label={t('composer.label', { customer: contact.ani })}
          placeholder={t(suggestions.hasAny ? 'composer.placeholderCanned' : 'composer.placeholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={press}
          onPaste={paste}
          readOnly={isOffline}
          lang={contact.lang}
          dir="auto"
          autosize
          minRows={2}
          maxRows={8}
        />
      </CannedReplyList>
      <Group justify="space-between" align="flex-start" gap="xs" mt={6} wrap="nowrap">
        <Group gap="xs" wrap="nowrap" align="center" miw={0}>
          <AttachButton maxBytes={maxBytes} obstacle={obstacle} onFiles={attach} />
          <SegmentMeter
            text={text}
            counted={text === '' ? undefined : counted}
            pictures={attachments.filter(({ state }) => state !== 'refused').length}
            onMakePlain={({ plainBody }) => setText(plainBody ?? text)}
          />
        </Group>
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
