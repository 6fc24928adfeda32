import { Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { useAgentName } from './agents.ts';
import classes from './desk.module.css';
import { MessageFailure } from './message-failure.tsx';
import { MessageMedia } from './message-media.tsx';
import { MessageStatus } from './message-status.tsx';

interface MessageBubbleProps {
  message: MessageDto;
  /** Whether it is of the open contact, so that it can be sent again. */
  canRetry: boolean;
}

/** What the customer, an agent or the service said. Texts are shown as they are, and never as anything else. */
export const MessageBubble = memo(function MessageBubble({ message, canRetry }: MessageBubbleProps) {
  const { t } = useTranslation('desk');
  const { time, dateTime } = useFormat();
  const isOutbound = message.direction === 'outbound';
  return (
    <div className={`${classes['entry']} ${classes['message']}`} data-direction={message.direction}>
      <div className={classes['bubble']}>
        <VisuallyHidden>{t(`origin.${message.origin}`)}:</VisuallyHidden>
        <Stack gap="xs">
          {message.body !== '' && (
            <Text size="sm" className={classes['theirs']} dir="auto">
              {message.body}
            </Text>
          )}
          {message.media.map((media) => (
            <MessageMedia key={media.id} media={media} contactId={message.contactId} />
          ))}
        </Stack>
      </div>
      <Group gap="xs">
        {isOutbound && <Origin message={message} />}
        <Text size="xs" c="dimmed" component="time" dateTime={message.at} title={dateTime(message.at)}>
          {time(message.at)}
        </Text>
        {isOutbound && <MessageStatus status={message.status} />}
      </Group>
      {hasFailed(message) && <MessageFailure message={message} canRetry={canRetry} />}
    </div>
  );
});

const hasFailed = ({ status, errorText }: MessageDto): boolean =>
  errorText !== null || status === 'failed' || status === 'undelivered';

function Origin({ message: { origin, agentId } }: { message: MessageDto }) {
  const { t } = useTranslation('desk');
  const agentName = useAgentName();
  const name = origin === 'agent' ? agentId !== null && agentName(agentId) : t(`origin.${origin}`);
  return (
    name && (
      <Text size="xs" c="dimmed" className={classes['oneLine']} maw={200}>
        <bdi>{name}</bdi>
      </Text>
    )
  );
}
