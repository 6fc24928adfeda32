import { setTimeout as sleep } from 'node:timers/promises';
import type { WebhookCall } from '../history/history.ts';
import { askSimulator } from './ask-simulator.ts';

const LOOK_EVERY_MS = 1_000;
// Anything else would be an alert in Twilio's Debugger, or reach the customer as an SMS.
const TWIML = /^<\?xml [^>]*\?>\s*<Response(\/>|>.*<\/Response>)\s*$/s;

interface LoggedRequest {
  id: number;
  at: string;
  ms: number;
  status: number;
  responseBody: string;
  messageSid: string;
}

/** Writes down every request of Twilio to the webhook; its own log holds only the last ones. */
export function watchWebhookCalls(simulatorUrl: string): { calls: WebhookCall[]; stop(): Promise<void> } {
  const calls: WebhookCall[] = [];
  let last = 0;
  const over = new AbortController();
  const look = async (): Promise<void> => {
    const path = encodeURIComponent('/webhooks/twilio/sms/');
    const { requests } = await askSimulator<{ requests: LoggedRequest[] }>(
      `${simulatorUrl}/sim/v1/requests?direction=out&path=${path}&after=${last}`,
    );
    for (const { id, at, ms, status, responseBody, messageSid } of requests) {
      last = id;
      calls.push({ sid: messageSid, at: Date.parse(at), ms, status, isWellFormed: TWIML.test(responseBody) });
    }
  };
  const watching = (async () => {
    while (!over.signal.aborted) {
      await look().catch(() => undefined); // it looks again
      await sleep(LOOK_EVERY_MS);
    }
    await look();
  })();
  return {
    calls,
    stop: async () => {
      over.abort();
      await watching;
    },
  };
}
