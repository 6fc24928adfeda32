import { setTimeout as sleep } from 'node:timers/promises';
import type { SentText } from '../history/history.ts';
import type { Random } from '../random.ts';
import { askSimulator } from './ask-simulator.ts';

export interface LoadOptions {
  simulatorUrl: string;
  numbers: readonly string[];
  count: number;
  perSecond: number;
  customers: number;
  /** Of texts that no delivery is tried of; only where the service asks for what it missed. */
  lostShare: number;
  random: Random;
}

interface Trouble {
  times?: number;
  together?: boolean;
  delayMs?: number;
  wrongSignature?: boolean;
  lost?: boolean;
}

interface Answer {
  messageSid: string;
  deliveries: { status: number; fallback?: { status: number } }[];
}

const FIRST_CUSTOMER = 15005560000;

/** Texts at the times that were meant, whatever became of those before: the service cannot slow its customers down. */
export async function sendTexts(options: LoadOptions): Promise<SentText[]> {
  const { count, perSecond, customers, numbers, random } = options;
  const startedAt = performance.now();
  const sending: Promise<SentText>[] = [];
  for (let n = 0; n < count; n++) {
    const early = startedAt + (n * 1_000) / perSecond - performance.now();
    if (early > 1) await sleep(early);
    const customer = random.between(0, customers - 1);
    const text = {
      from: `+${FIRST_CUSTOMER + customer}`,
      to: numbers[customer % numbers.length]!,
      body: `text ${n}`,
      trouble: troubleFrom(options),
    };
    sending.push(send(options.simulatorUrl, text));
  }
  return Promise.all(sending);
}

/** Twilio's own: the same twice, at once or one after the other; late, so that others overtake it; and forgers. */
function troubleFrom({ random, lostShare }: LoadOptions): Trouble {
  const draw = random.share();
  if (draw < 0.04) return { times: 2, together: true };
  if (draw < 0.06) return { times: 2 };
  if (draw < 0.09) return { delayMs: random.between(1, 2_000) };
  if (draw < 0.1) return { wrongSignature: true };
  return draw < 0.1 + lostShare ? { lost: true } : {};
}

async function send(
  simulatorUrl: string,
  text: { from: string; to: string; body: string; trouble: Trouble },
): Promise<SentText> {
  const sentAt = Date.now();
  const { messageSid, deliveries } = await askSimulator<Answer>(`${simulatorUrl}/sim/v1/sms`, text);
  return {
    sid: messageSid,
    from: text.from,
    to: text.to,
    sentAt,
    endedAt: Date.now(),
    isAcked: deliveries.some(({ status, fallback }) => isSuccess(status) || isSuccess(fallback?.status ?? 0)),
    isForged: text.trouble.wrongSignature ?? false,
    isLost: text.trouble.lost ?? false,
  };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
