import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactDto, ContactPageDto } from '../../../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../../../src/contacts/message.dto.js';
import type { Api } from '../../../support/api.ts';
import type { SentReply } from '../history/history.ts';
import type { Random } from '../random.ts';
import { insist } from './insist.ts';

const PAUSE_MS = 400;
const CLOSE_SHARE = 0.3;

export interface Agents {
  replies: SentReply[];
  /** Resolves when each has finished what it was at. */
  goHome(): Promise<void>;
}

/** Agents who take contacts, answer them and close some, and try again when the API does not answer. */
export function letAgentsWork(api: Api, count: number, random: Random): Agents {
  const replies: SentReply[] = [];
  const evening = new AbortController();
  const work = async (name: string): Promise<void> => {
    for (let n = 1; !evening.signal.aborted; n++) {
      await sleep(PAUSE_MS);
      const contact = await pickWaiting(api, random);
      if (!contact) continue;
      await insist(() => api.post(`contacts/${contact.id}/accept`, { agentId: name }));
      replies.push(await reply(api, contact.id, `${name} reply ${n}`));
      if (random.share() < CLOSE_SHARE) await insist(() => api.post(`contacts/${contact.id}/close`));
    }
  };
  const working = Array.from({ length: count }, (_, i) => work(`agent-${i + 1}`));
  return {
    replies,
    goHome: async () => {
      evening.abort();
      await Promise.all(working);
    },
  };
}

async function pickWaiting(api: Api, random: Random): Promise<ContactDto | null> {
  const page = await insist(() => api.get<ContactPageDto>('contacts?state=waiting&limit=50'));
  const waiting = page?.status === 200 ? page.body.data : [];
  return waiting.length === 0 ? null : random.pick(waiting);
}

async function reply(api: Api, contactId: string, body: string): Promise<SentReply> {
  const key = { 'Idempotency-Key': body.replaceAll(' ', '-') };
  const answer = await insist(() => api.post<MessageDto>(`contacts/${contactId}/messages`, { body }, key));
  return { body, messageId: answer && answer.status < 300 ? answer.body.id : null };
}
