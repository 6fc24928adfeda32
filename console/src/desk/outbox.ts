import { repliesReply } from '../api/generated/sdk.gen.ts';
import type { MessageDto } from '../api/generated/types.gen.ts';
import { type Attempt, createOutbox } from './create-outbox.ts';
import { addMessage } from './thread.ts';

const outbox = createOutbox({ storage: sessionStorage, post, onSent: addMessage });

export const { send, tryAgain, settle, discard } = outbox;

/** The agent's replies to a contact that are on their way, or got stuck there. */
export const useAttempts = (contactId: string, agentId: string): Attempt[] =>
  outbox.attempts.use().filter((attempt) => attempt.contactId === contactId && attempt.agentId === agentId);

/** Whether a message that failed was sent again already. */
export function useWasSentAnew(messageId: string): boolean {
  outbox.attempts.use();
  return outbox.wasSentAnew(messageId);
}

async function post({ key, contactId, agentId, body, media }: Attempt): Promise<MessageDto> {
  const { data: message } = await repliesReply({
    path: { id: contactId },
    body: { body, agentId, ...(media.length > 0 && { mediaIds: media.map(({ id }) => id) }) },
    headers: { 'Idempotency-Key': key },
    throwOnError: true,
  });
  return message;
}
