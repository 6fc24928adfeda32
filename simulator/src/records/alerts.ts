import { newSid } from '../sids.ts';
import { Ring } from './ring.ts';

/** An entry of Twilio's debugger. https://www.twilio.com/docs/api/errors */
export interface Alert {
  sid: string;
  at: number;
  errorCode: number;
  message: string;
  resourceSid: string;
  requestUrl: string;
}

const CAPACITY = 1_000;

export const alertTexts = {
  11200: 'HTTP retrieval failure',
  11205: 'HTTP connection failure',
  11210: 'the simulator only delivers to this machine',
  11237: 'Certificate invalid: could not find path to certificate',
  11243: 'Connection override in the webhook URL is invalid',
  11321: 'Invalid webhook URL',
  12100: 'Document parse failure: the answer is not TwiML',
  12300: 'Invalid Content-Type: Twilio cannot process it',
  21610: 'Attempt to send to unsubscribed recipient',
} as const;

export type AlertCode = keyof typeof alertTexts;

export class Alerts {
  readonly #ring = new Ring<Alert>(CAPACITY);

  add(errorCode: AlertCode, resourceSid: string, requestUrl: string, detail?: string): Alert {
    const message = detail ? `${alertTexts[errorCode]} (${detail})` : alertTexts[errorCode];
    const alert = { sid: newSid('NO'), at: Date.now(), errorCode, message, resourceSid, requestUrl };
    this.#ring.add(alert);
    return alert;
  }

  newestFirst(): Alert[] {
    return this.#ring.list().toReversed();
  }
}
