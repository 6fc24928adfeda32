import type { MessageDto, UploadedMediaDto } from '../api/generated/types.gen.ts';
import { type Problem, problemOf } from '../api/problem.ts';
import { watched } from '../ui/watched.ts';

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
  /** The message that failed and is sent again by this. */
  anewOf: string | null;
}

export type Reply = Pick<Attempt, 'contactId' | 'agentId' | 'body' | 'media'> & { anewOf?: string };

interface OutboxOptions {
  /** Where attempts outlive a reload: the storage of the tab. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Gives a reply to the service. @throws a problem when it is refused, another error when nobody answers */
  post: (attempt: Attempt) => Promise<MessageDto>;
  /** Called with each message that a reply has become. */
  onSent: (message: MessageDto) => void;
}

const STORED = 'sms-inbound.outbox';
/** Before each further try, when the service does not answer. */
const WAITS_MS = [1_000, 3_000];

/** The replies of a tab: posted in the order they were written, and kept until the service has said what became of them. */
export function createOutbox({ storage, post, onSent }: OutboxOptions) {
  const sentAnew = new Set<string>();
  const lanes = new Map<string, Promise<void>>();
  const attempts = watched(restore(storage.getItem(STORED)));

  const find = (key: string): Attempt | undefined => attempts.get().find((attempt) => attempt.key === key);

  function become(next: Attempt[]): void {
    storage.setItem(STORED, JSON.stringify(next));
    attempts.set(next);
  }

  const change = (key: string, changes: Partial<Attempt>): void =>
    become(attempts.get().map((attempt) => (attempt.key === key ? { ...attempt, ...changes } : attempt)));

  const remove = (key: string): void => become(attempts.get().filter((attempt) => attempt.key !== key));

  /** One after the other for each contact, so that the customer reads them in the order they were written. */
  function enqueue({ key, contactId }: Attempt): void {
    const lane = (lanes.get(contactId) ?? Promise.resolve()).then(() => deliver(key, WAITS_MS));
    lanes.set(contactId, lane);
  }

  async function deliver(key: string, [wait, ...waits]: number[]): Promise<void> {
    const attempt = find(key);
    if (attempt === undefined) return;
    try {
      onSent(await post(attempt));
      remove(key);
    } catch (error) {
      const problem = problemOf(error) ?? null;
      if (isRefusal(problem?.status)) return change(key, { state: 'refused', problem });
      if (wait === undefined) return change(key, { state: 'unanswered', problem });
      await new Promise((resolve) => setTimeout(resolve, wait));
      await deliver(key, waits);
    }
  }

  function send({ anewOf, ...reply }: Reply): void {
    if (anewOf !== undefined) {
      if (sentAnew.has(anewOf)) return;
      sentAnew.add(anewOf);
    }
    const attempt: Attempt = {
      ...reply,
      anewOf: anewOf ?? null,
      key: crypto.randomUUID(),
      at: new Date().toISOString(),
      state: 'sending',
      problem: null,
    };
    become([...attempts.get(), attempt]);
    enqueue(attempt);
  }

  /** Once more, with the same key. */
  function tryAgain(key: string): void {
    const attempt = find(key);
    if (attempt === undefined) return;
    change(key, { state: 'sending', problem: null });
    enqueue(attempt);
  }

  /** What is in the thread has come, whether its answer did or not. */
  function settle(keys: Set<string>): void {
    if (attempts.get().some(({ key }) => keys.has(key))) become(attempts.get().filter(({ key }) => !keys.has(key)));
  }

  /** Takes it away. What the service may have of it stays. */
  function discard(key: string): void {
    const anewOf = find(key)?.anewOf;
    if (anewOf) sentAnew.delete(anewOf);
    remove(key);
  }

  /** Whether a message that failed was sent again already. */
  const wasSentAnew = (messageId: string): boolean => sentAnew.has(messageId);

  return { attempts, send, tryAgain, settle, discard, wasSentAnew };
}

/** What of the tab's last life was not answered: whether to send it is for the person to say. */
function restore(stored: string | null): Attempt[] {
  const attempts = JSON.parse(stored ?? '[]') as Attempt[];
  return attempts.map((attempt) => (attempt.state === 'sending' ? { ...attempt, state: 'unanswered' } : attempt));
}

const isRefusal = (status = 0): boolean => status >= 400 && status < 500 && ![401, 408, 429].includes(status);
