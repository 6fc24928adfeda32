import { repliesReply } from '../api/generated/sdk.gen.ts';
import type { UploadedMediaDto } from '../api/generated/types.gen.ts';
import { type Problem, problemOf } from '../api/problem.ts';
import { watched } from '../ui/watched.ts';
import { addMessage } from './thread.ts';

/** A reply of which the service has not said yet that it has it. */
export interface Attempt {
  /** Its Idempotency-Key: with the same one again, nothing is sent twice. */
  key: string;
  contactId: string;
  agentId: string;
  body: string;
  /** Uploads that go along. */
  media: UploadedMediaDto[];
  at: string;
  /** `unanswered`: the service may have it or not; `refused`: it does not want it, `problem` says why. */
  state: 'sending' | 'unanswered' | 'refused';
  problem: Problem | null;
  /** The message that failed and is sent anew by this. */
  anewOf: string | null;
}

const STORED = 'sms-inbound.outbox';
/** Before each further try, when the service does not answer. */
const WAITS_MS = [1_000, 3_000];

const sentAnew = new Set<string>();
const lanes = new Map<string, Promise<void>>();
const outbox = watched(restore());

/** What of the tab's last life was not answered: whether to send it is for the person to say. */
function restore(): Attempt[] {
  const stored = JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as Attempt[];
  return stored.map((attempt) => (attempt.state === 'sending' ? { ...attempt, state: 'unanswered' } : attempt));
}

function become(next: Attempt[]): void {
  sessionStorage.setItem(STORED, JSON.stringify(next));
  outbox.set(next);
}

const change = (key: string, changes: Partial<Attempt>): void =>
  become(outbox.get().map((attempt) => (attempt.key === key ? { ...attempt, ...changes } : attempt)));

/** The agent's replies to a contact that are on their way, or got stuck there. */
export const useAttempts = (contactId: string, agentId: string): Attempt[] =>
  outbox.use().filter((attempt) => attempt.contactId === contactId && attempt.agentId === agentId);

/** Whether a message that failed was sent anew already. */
export function useWasSentAnew(messageId: string): boolean {
  outbox.use();
  return sentAnew.has(messageId);
}

export function send(reply: Pick<Attempt, 'contactId' | 'agentId' | 'body' | 'media'> & { anewOf?: string }): void {
  const { anewOf = null } = reply;
  if (anewOf !== null) {
    if (sentAnew.has(anewOf)) return;
    sentAnew.add(anewOf);
  }
  const key = crypto.randomUUID();
  const at = new Date().toISOString();
  become([...outbox.get(), { ...reply, anewOf, key, at, state: 'sending', problem: null }]);
  enqueue(key);
}

/** Once more, with the same key. */
export function tryAgain(key: string): void {
  change(key, { state: 'sending', problem: null });
  enqueue(key);
}

/** What is in the thread has come, whether its answer did or not. */
export function settle(keys: Set<string>): void {
  if (outbox.get().some(({ key }) => keys.has(key))) become(outbox.get().filter(({ key }) => !keys.has(key)));
}

/** Takes it away. What the service may have of it stays. */
export function discard(key: string): void {
  const attempt = outbox.get().find((each) => each.key === key);
  if (attempt?.anewOf) sentAnew.delete(attempt.anewOf);
  become(outbox.get().filter((each) => each.key !== key));
}

/** One after the other for each contact, so that the customer reads them in the order they were written. */
function enqueue(key: string): void {
  const { contactId } = outbox.get().find((attempt) => attempt.key === key)!;
  const lane = (lanes.get(contactId) ?? Promise.resolve()).then(() => post(key, WAITS_MS));
  lanes.set(contactId, lane);
}

async function post(key: string, [wait, ...waits]: number[]): Promise<void> {
  const attempt = outbox.get().find((each) => each.key === key);
  if (attempt === undefined) return;
  const { contactId, body, media, agentId } = attempt;
  try {
    const { data: message } = await repliesReply({
      path: { id: contactId },
      body: { body, agentId, ...(media.length > 0 && { mediaIds: media.map(({ id }) => id) }) },
      headers: { 'Idempotency-Key': key },
      throwOnError: true,
    });
    addMessage(message);
    become(outbox.get().filter((each) => each.key !== key));
  } catch (error) {
    const problem = problemOf(error) ?? null;
    if (isRefusal(problem?.status)) return change(key, { state: 'refused', problem });
    if (wait === undefined) return change(key, { state: 'unanswered', problem });
    await new Promise((resolve) => setTimeout(resolve, wait));
    await post(key, waits);
  }
}

const isRefusal = (status = 0): boolean => status >= 400 && status < 500 && ![401, 408, 429].includes(status);
