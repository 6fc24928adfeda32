import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../account/account.ts';
import type { AlertCode, Alerts } from '../records/alerts.ts';
import type { WireLog } from '../records/wire-log.ts';
import { addressOf, type Address } from './address.ts';
import { WebhookClient, type WebhookAnswer } from './client.ts';
import { encodeForm, type Form } from './form.ts';
import { sign } from './signature.ts';

export interface Webhook {
  url: string;
  method: string;
}

export interface WebhookCall {
  webhook: Webhook;
  form: Form;
  messageSid: string;
  /** Stays the same for all retries of one call. */
  idempotencyToken: string;
  wrongSignature?: boolean;
  /** The first answer is discarded as too late, whatever it is, and the call is made again. */
  timedOut?: boolean;
}

export interface CallResult extends WebhookAnswer {
  ms: number;
  attempts: number;
  errorCode?: AlertCode;
}

const RETRY_DELAY_MS = 100;
const TIMED_OUT: WebhookAnswer = { status: 0, contentType: '', body: '', error: 'timed out', failure: 'rt' };

/** Calls a webhook as Twilio does: signed, with the timeouts and retries of the URL's fragment, all within `tt`. */
export class WebhookCaller {
  readonly #account: Account;
  readonly #alerts: Alerts;
  readonly #wireLog: WireLog;
  readonly #client = new WebhookClient();

  constructor(account: Account, alerts: Alerts, wireLog: WireLog) {
    this.#account = account;
    this.#alerts = alerts;
    this.#wireLog = wireLog;
  }

  async call(call: WebhookCall): Promise<CallResult> {
    const address = addressOf(call.webhook.url);
    if (!address) return this.#refuse(call, 11321);
    if (!address.onThisMachine) return this.#refuse(call, 11210);
    if (address.overrideProblem) this.#alert(call, 11243, address.overrideProblem);

    const started = performance.now();
    const { overrides } = address;
    const prepared = this.#prepare(call, address);
    let answer: WebhookAnswer;
    for (let attempts = 1; ; attempts++) {
      const leftMs = overrides.tt - (performance.now() - started);
      const isTooLate = call.timedOut === true && attempts === 1;
      answer = await this.#attempt(call, address, prepared, { leftMs, isTooLate });
      const ms = performance.now() - started;
      const shouldRetry = isTooLate || (attempts <= overrides.rc && overrides.rp.includes(failureOf(answer)!));
      if (!shouldRetry || ms + RETRY_DELAY_MS >= overrides.tt) return this.#conclude(call, { ...answer, ms, attempts });
      await wait(RETRY_DELAY_MS);
    }
  }

  close() {
    this.#client.close();
  }

  #prepare({ webhook, form, idempotencyToken, wrongSignature }: WebhookCall, address: Address) {
    const encoded = encodeForm(form);
    const inQuery = webhook.method === 'GET';
    const query = `${address.signedUrl.includes('?') ? '&' : '?'}${encoded}`;
    const signature = sign(
      wrongSignature ? 'not the auth token' : this.#account.authToken,
      inQuery ? address.signedUrl + query : address.signedUrl,
      inQuery ? [] : form,
    );
    const body = inQuery ? '' : encoded;
    const headers: Record<string, string> = {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'User-Agent': 'TwilioProxy/1.1',
      Accept: '*/*',
      'I-Twilio-Idempotency-Token': idempotencyToken,
      'X-Twilio-Signature': signature,
    };
    if (address.authorization) headers.Authorization = address.authorization;
    return { url: inQuery ? new URL(address.url.href + query) : address.url, headers, body };
  }

  async #attempt(
    { webhook, messageSid, wrongSignature }: WebhookCall,
    { overrides }: Address,
    prepared: { url: URL; headers: Record<string, string>; body: string },
    { leftMs, isTooLate }: { leftMs: number; isTooLate: boolean },
  ): Promise<WebhookAnswer> {
    const at = Date.now();
    const started = performance.now();
    const received = await this.#client.send({
      ...prepared,
      method: webhook.method,
      connectMs: Math.min(overrides.ct, leftMs),
      readMs: Math.min(overrides.rt, leftMs),
    });
    const answer = isTooLate ? TIMED_OUT : received;
    this.#wireLog.add({
      at,
      direction: 'out',
      method: webhook.method,
      url: prepared.url.href,
      headers: prepared.headers,
      body: prepared.body,
      status: answer.status,
      ms: performance.now() - started,
      responseBody: answer.body,
      error: answer.error,
      messageSid,
      signature: wrongSignature ? 'wrong' : 'right',
    });
    return answer;
  }

  #conclude(call: WebhookCall, result: CallResult): CallResult {
    if (result.status >= 200 && result.status < 300) return result;
    const errorCode = result.certificate ? 11237 : result.failure === 'ct' ? 11205 : 11200;
    this.#alert(call, errorCode, result.error ?? describeStatus(result));
    return { ...result, errorCode };
  }

  #refuse(call: WebhookCall, errorCode: AlertCode): CallResult {
    const alert = this.#alert(call, errorCode);
    return { status: 0, contentType: '', body: '', error: alert, ms: 0, attempts: 0, errorCode };
  }

  #alert(call: WebhookCall, errorCode: AlertCode, detail?: string): string {
    return this.#alerts.add(errorCode, call.messageSid, call.webhook.url, detail).message;
  }
}

function failureOf({ status, failure }: WebhookAnswer) {
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : failure;
}

// Twilio would follow a redirect as a GET without parameters. No SMS can arrive that way, so the simulator does not follow it.
const describeStatus = ({ status, location }: WebhookAnswer) =>
  status < 400 ? `${status} redirects to ${location}; Twilio would lose the parameters` : `answered ${status}`;
