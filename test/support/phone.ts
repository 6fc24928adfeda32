import type { TestApp } from './app.ts';

export interface SimulatedSms {
  from?: string;
  to?: string;
  body?: string;
  mediaUrls?: string[];
  media?: { contentType: string; base64: string }[];
  /** As with Advanced Opt-Out, where Twilio's customers choose the keywords. */
  optOutType?: 'STOP' | 'START' | 'HELP';
  trouble?: { times?: number; together?: boolean; delayMs?: number; wrongSignature?: boolean; lost?: boolean };
}

export interface SmsDelivery {
  messageSid: string;
  deliveries: { status: number; ms: number; body: string }[];
}

/** Sends a text from a phone to a number of the simulator's account, and waits until Twilio has delivered it. */
export async function sendSms(
  { simulator }: { simulator: Pick<TestApp['simulator'], 'url'> },
  sms: SimulatedSms,
): Promise<SmsDelivery> {
  const answer = await fetch(`${simulator.url}/sim/v1/sms`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from: '+15005550101', to: '+15005550006', body: 'Hello', ...sms }),
  });
  if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as SmsDelivery;
}
