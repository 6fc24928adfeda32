import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import { askSimulator } from './ask-simulator.ts';

export interface LoadOptions {
  /** The texts are numbered under it. */
  name: string;
  simulatorUrl: string;
  numbers: readonly string[];
  /** At least. */
  count: number;
  /** They go on until then; left out, the count is all. */
  until?: AbortSignal;
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

/** A text as the phone knows it. What became of it, Twilio knows. */
export interface Text {
  from: string;
  to: string;
  /** Unlike any other. */
  body: string;
  trouble: Trouble;
  sentAt: number;
  /** When Twilio was done with it; null when we did not hear of that. */
  endedAt: number | null;
}

const FIRST_CUSTOMER = 15005560000;

/** Texts at the times that were meant, whatever became of those before: the service cannot slow its customers down. */
export async function sendTexts(options: LoadOptions): Promise<Text[]> {
  const { name, count, until, perSecond, customers, numbers, random } = options;
  const startedAt = performance.now();
  const sending: Promise<Text>[] = [];
  const isOver = (n: number): boolean => n >= count && until?.aborted !== false;
  for (let n = 0; !isOver(n); n++) {
    const early = startedAt + (n * 1_000) / perSecond - performance.now();
    if (early > 1) await sleep(early);
    const customer = random.between(0, customers - 1);
    const text = {
      from: `+${FIRST_CUSTOMER + customer}`,
      to: numbers[customer % numbers.length]!,
      body: `${name} ${n}`,
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

/** When it is not answered, a line on this busy machine broke; it is not told again, or it would be two texts. */
async function send(simulatorUrl: string, text: Pick<Text, 'from' | 'to' | 'body' | 'trouble'>): Promise<Text> {
  const sentAt = Date.now();
  const isAnswered = await askSimulator(`${simulatorUrl}/sim/v1/sms`, text).then(
    () => true,
    () => false,
  );
  return { ...text, sentAt, endedAt: isAnswered ? Date.now() : null };
}
