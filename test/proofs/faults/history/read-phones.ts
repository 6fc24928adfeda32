import { askSimulator } from '../load/ask-simulator.ts';
import type { Text } from '../load/texts.ts';
import type { History, SentText } from './history.ts';

/** Of one phone, as Twilio has it. */
type PhoneMessage =
  | { direction: 'inbound'; messageSid: string; body: string; deliveries: Delivery[] }
  | { direction: 'outbound-api' | 'outbound-reply'; messageSid: string; body: string };

interface Delivery {
  status: number;
  fallback?: { status: number };
}

const MOST = 10_000;

/** What Twilio has taken from these phones and brought to them; of a text that it did not take there is nothing. */
export async function readPhones(
  simulatorUrl: string,
  sent: Text[],
): Promise<Pick<History, 'texts' | 'phoneMessages'>> {
  const textOf = new Map(sent.map((text) => [text.body, text]));
  const texts: SentText[] = [];
  const phoneMessages: History['phoneMessages'] = [];
  for (const phone of new Set(sent.map(({ from }) => from))) {
    const url = `${simulatorUrl}/sim/v1/phones/${encodeURIComponent(phone)}/messages?limit=${MOST}`;
    const { messages } = await askSimulator<{ messages: PhoneMessage[] }>(url);
    for (const message of messages) {
      if (message.direction === 'inbound') texts.push(present(textOf.get(message.body)!, message));
      else if (message.direction === 'outbound-api')
        phoneMessages.push({ sid: message.messageSid, body: message.body });
    }
  }
  return { texts, phoneMessages };
}

const present = (
  { from, to, trouble, sentAt, endedAt }: Text,
  { messageSid, deliveries }: Extract<PhoneMessage, { direction: 'inbound' }>,
): SentText => ({
  sid: messageSid,
  from,
  to,
  sentAt,
  endedAt,
  isAcked: deliveries.some(({ status, fallback }) => isSuccess(status) || isSuccess(fallback?.status ?? 0)),
  isForged: trouble.wrongSignature ?? false,
  isLost: trouble.lost ?? false,
});

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
