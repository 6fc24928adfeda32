import { setTimeout as wait } from 'node:timers/promises';
import type { Message, MessageStatus } from '../message/message.ts';
import type { Messages } from '../message/messages.ts';
import type { Trouble } from '../records/trouble.ts';
import { newSid } from '../sids.ts';
import type { WebhookCaller } from '../webhook/caller.ts';
import { errorTexts } from './error-texts.ts';
import { statusCallbackForm } from './status-callback.ts';

const STEP_MS = 40;

interface CallbackTiming {
  dueAt: number;
  double: boolean;
}

/** Delivers messages to phones, and calls the status callback at each step. */
export class Outgoing {
  readonly #accountSid: string;
  readonly #messages: Messages;
  readonly #trouble: Trouble;
  readonly #webhooks: WebhookCaller;
  readonly #closed = new AbortController();

  constructor(accountSid: string, messages: Messages, trouble: Trouble, webhooks: WebhookCaller) {
    this.#accountSid = accountSid;
    this.#messages = messages;
    this.#trouble = trouble;
    this.#webhooks = webhooks;
  }

  /** Returns at once; the message is delivered in the background. */
  dispatch(message: Message, statusCallback?: string | null, chooseSender?: () => string) {
    this.#deliver(message, statusCallback || undefined, chooseSender).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }

  close() {
    this.#closed.abort();
  }

  async #deliver(message: Message, callback: string | undefined, chooseSender?: () => string) {
    const { callbacks } = this.#trouble.settings;
    const deliveryFails = this.#trouble.deliveryFailsAt(message.to);
    const end = deliveryFails?.status ?? 'delivered';
    const steps: MessageStatus[] = [
      ...(message.status === 'accepted' ? (['queued'] as const) : []),
      ...(callbacks.sending ? (['sending'] as const) : []),
      // A failed message never left Twilio.
      ...(end === 'failed' ? [] : (['sent'] as const)),
      end,
    ];
    // Each callback waits for the answer to the previous one, so that only trouble can reorder them.
    let calls = Promise.resolve();
    const late: (() => Promise<void>)[] = [];
    for (const status of steps) {
      await wait(STEP_MS, undefined, { signal: this.#closed.signal });
      if (status === 'queued' && chooseSender) message.from = chooseSender();
      this.#messages.update(message, {
        status,
        ...(status === 'sent' && { sentAt: Date.now() }),
        ...(deliveryFails && status === end && errorOf(deliveryFails.code)),
      });
      if (!callback || callbacks.missing) continue;
      const dueAt = Date.now() + callbacks.delayMs;
      const callBack = () => this.#callBack(callback, message, status, { dueAt, double: callbacks.double });
      if (callbacks.shuffle && status !== end) late.unshift(callBack);
      else calls = calls.then(callBack);
    }
    for (const callBack of late) calls = calls.then(callBack);
    await calls;
  }

  async #callBack(url: string, message: Message, status: MessageStatus, { dueAt, double }: CallbackTiming) {
    const remainingMs = Math.max(0, dueAt - Date.now());
    const isOpen = await wait(remainingMs, true, { signal: this.#closed.signal }).catch(() => false);
    if (!isOpen) return;
    const form = statusCallbackForm(message, status, this.#accountSid);
    const call = { webhook: { url, method: 'POST' }, form, messageSid: message.sid, idempotencyToken: newSid('') };
    await this.#webhooks.call(call);
    if (double) await this.#webhooks.call(call);
  }
}

const errorOf = (code: number) => ({ errorCode: code, errorMessage: errorTexts[code] ?? null });
