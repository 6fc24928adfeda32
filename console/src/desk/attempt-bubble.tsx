import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/error-text.ts';
import classes from './desk.module.css';
import { MessageMedia } from './message-media.tsx';
import type { Attempt } from './create-outbox.ts';
import { discard, tryAgain } from './outbox.ts';

/** A reply that the service has not confirmed. */
export function AttemptBubble({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation('desk');
  return (
    <div className={`${classes['entry']} ${classes['message']}`} data-direction="outbound">
      <div className={classes['bubble']}>
        <Stack gap="xs">
          {attempt.body !== '' && (
            <Text size="sm" className={classes['theirs']} dir="auto">
              {attempt.body}
            </Text>
          )}
          {attempt.media.map((media) => (
            <MessageMedia
              key={media.id}
              media={{ ...media, state: 'stored', reason: null, reasonCode: null }}
              contactId={attempt.contactId}
            />
          ))}
        </Stack>
      </div>
      {attempt.state === 'sending' ? (
        <Group gap={4} role="status">
          <Loader size={12} aria-hidden />
          <Text size="xs" c="dimmed">
            {t('attempt.sending')}
          </Text>
        </Group>
      ) : (
        <StuckAttempt attempt={attempt} />
      )}
    </div>
  );
}

function StuckAttempt({ attempt: { key, state, problem } }: { attempt: Attempt }) {
  const { t } = useTranslation('desk');
  const errorText = useErrorText();
  return (
    <Alert color={state === 'refused' ? 'red' : 'yellow'} p="xs" maw={560} role="alert">
      <Stack gap={4}>
        <Text size="xs" fw={600}>
          {t(state === 'refused' ? 'attempt.refused' : 'attempt.unanswered')}
        </Text>
        {problem && <Text size="xs">{errorText(problem)}</Text>}
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => tryAgain(key)}>
            {t('ui:retry')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => discard(key)}>
            {t('attempt.discard')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
