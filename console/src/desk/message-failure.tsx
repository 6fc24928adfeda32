import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MessageDto, UploadedMediaDto } from '../api/generated/types.gen.ts';
import { refusalOf } from '../api/problem.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { useUser } from '../session/session.ts';
import { useErrorText } from '../ui/error-text.ts';
import { lockOf } from './lock-of.ts';
import { useContact } from './open-contact.ts';
import { send, useWasSentAnew } from './outbox.ts';
import { upload } from './upload.ts';

/** Why a text did not arrive, what to do, and once more. */
export function MessageFailure({ message, canRetry }: { message: MessageDto; canRetry: boolean }) {
  const { t } = useTranslation('desk');
  const say = useServiceText();
  const { errorCode, status } = message;
  const key = `messages.${status === 'unknown' ? status : errorCode}`;
  const errorText = say(`${key}.text`) ?? message.errorText ?? t('failure.noReason');
  const ofOther = () =>
    errorCode === null ? say('otherErrors.advice') : say('otherErrors.adviceWithPage', { code: errorCode });
  const errorAdvice = message.errorAdvice && (say(`${key}.advice`) ?? ofOther() ?? message.errorAdvice);
  return (
    <Alert color={status === 'unknown' ? 'yellow' : 'red'} p="xs" maw={560} mt={2}>
      <Stack gap={4} align="flex-start">
        <Text size="xs" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {[errorCode, errorText].filter((part) => part !== null).join(' · ')}
        </Text>
        {errorAdvice !== null && <Text size="xs">{errorAdvice}</Text>}
        {canRetry && ['failed', 'undelivered'].includes(status) && canGoAnew(message) && <Retry message={message} />}
      </Stack>
    </Alert>
  );
}

/** A picture that is not here (any more) cannot be sent from here. */
const canGoAnew = ({ media }: MessageDto): boolean => media.every(({ state }) => state === 'stored');

async function download(url: string): Promise<Blob> {
  const answer = await fetch(url);
  if (answer.ok) return answer.blob();
  // A proxy's answer is no problem in JSON: its status says enough.
  throw refusalOf(answer.status, await answer.json().catch(() => null));
}

/** Sends it as a new message; once for each that failed. Its pictures went with the first: they are uploaded again. */
function Retry({ message }: { message: MessageDto }) {
  const { t } = useTranslation('desk');
  const errorText = useErrorText();
  const { id: agentId } = useUser();
  const { data: contact } = useContact(message.contactId);
  const wasSentAnew = useWasSentAnew(message.id);
  const resend = useMutation({
    mutationFn: async () => {
      const media: UploadedMediaDto[] = [];
      for (const { url } of message.media) media.push(await upload(await download(url)));
      send({ contactId: message.contactId, agentId, body: message.body, media, anewOf: message.id });
    },
  });
  if (wasSentAnew) return <Text size="xs">{t('failure.sentAnew')}</Text>;
  if (contact === undefined || lockOf(contact, agentId) !== null) return null;
  return (
    <>
      {resend.isError && <Text size="xs">{errorText(resend.error)}</Text>}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={resend.isPending}
        onClick={() => resend.mutate()}
      >
        {t('failure.retry')}
      </Button>
    </>
  );
}
