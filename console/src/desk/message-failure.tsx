import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageDto } from '../api/generated/types.gen.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { useUser } from '../session/session.ts';
import { lockOf } from './lock.ts';
import { useContact } from './open-contact.ts';
import { send, useWasSentAnew } from './outbox.ts';

/** Why a text did not arrive, what to do, and once more. */
export function MessageFailure({ message, canRetry }: { message: MessageDto; canRetry: boolean }) {
  const { t } = useTranslation('desk');
  const say = useServiceText();
  const { errorCode, status } = message;
  const errorText = say(`messages.${errorCode}.text`) ?? message.errorText;
  const errorAdvice = say(`messages.${errorCode}.advice`) ?? message.errorAdvice;
  return (
    <Alert color={status === 'unknown' ? 'yellow' : 'red'} p="xs" maw={560} mt={2}>
      <Stack gap={4} align="flex-start">
        <Text size="xs" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {[errorCode, errorText].filter((part) => part !== null).join(' · ') || t('failure.noReason')}
        </Text>
        {errorAdvice !== null && <Text size="xs">{errorAdvice}</Text>}
        {canRetry && message.body !== '' && ['failed', 'undelivered'].includes(status) && <Retry message={message} />}
      </Stack>
    </Alert>
  );
}

/** Sends the text as a new message; once for each that failed. */
function Retry({ message }: { message: MessageDto }) {
  const { t } = useTranslation('desk');
  const { id: agentId } = useUser();
  const { data: contact } = useContact(message.contactId);
  const wasSentAnew = useWasSentAnew(message.id);
  if (wasSentAnew) return <Text size="xs">{t('failure.sentAnew')}</Text>;
  if (contact === undefined || lockOf(contact, agentId) !== null) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      onClick={() => send({ contactId: contact.id, agentId, body: message.body, anewOf: message.id })}
    >
      {t('failure.retry')}
    </Button>
  );
}
