import { randomUUID } from 'node:crypto';
import type { MessageDto } from '../../src/contacts/message.dto.js';
import type { Answer } from './api.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import { expectStatus } from './factories.ts';
import { readPages } from './pages.ts';

type Reachable = Pick<TestApp, 'api'>;
type Phones = { simulator: Pick<TestApp['simulator'], 'url'> };

export interface Reply {
  body?: string;
  mediaUrls?: string[];
  mediaIds?: string[];
  agentId?: string;
}

export const postReply = (
  { api }: Reachable,
  contactId: string,
  reply: Reply,
  idempotencyKey: string = randomUUID(),
): Promise<Answer<MessageDto>> =>
  api.post<MessageDto>(`contacts/${contactId}/messages`, reply, { 'Idempotency-Key': idempotencyKey });

export async function messageOf({ api }: Reachable, { contactId, id }: MessageDto): Promise<MessageDto> {
  const pages = await readPages<MessageDto>(api, `contacts/${contactId}/messages?limit=100`);
  return pages.flat().find((message) => message.id === id)!;
}

/** Waits until a message has one of these statuses. */
export const untilStatus = (service: Reachable, message: MessageDto, ...statuses: string[]): Promise<MessageDto> =>
  eventually(
    `the message is ${statuses.join(' or ')}`,
    async () => {
      const now = await messageOf(service, message);
      return statuses.includes(now.status) && now;
    },
    60_000,
  );

export interface PhoneMessage {
  messageSid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  from: string;
  to: string;
  body: string;
  status: string;
}

/** What the customer's phone has got from the service, oldest first; not what Twilio itself answered. */
export async function readInbox({ simulator }: Phones, phoneNumber: string): Promise<PhoneMessage[]> {
  const answer = await fetch(`${simulator.url}/sim/v1/phones/${encodeURIComponent(phoneNumber)}/messages?limit=10000`);
  const { messages } = (await answer.json()) as { messages: PhoneMessage[] };
  return messages.filter(({ direction }) => direction === 'outbound-api');
}

/** What goes wrong at Twilio from now on; replaces what was set before. */
export async function makeTrouble({ simulator }: Phones, trouble: object): Promise<void> {
  const answer = await fetch(`${simulator.url}/sim/v1/trouble`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(trouble),
  });
  expectStatus({ status: answer.status, headers: answer.headers, body: await answer.text() }, 200);
}
