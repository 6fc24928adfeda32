import { setTimeout as wait } from 'node:timers/promises';
import type { Message, MessageStatus } from '../message/message.ts';
import type { Messages } from '../message/messages.ts';
import type { Trouble } from '../records/trouble.ts';
import { newSid } from '../sids.ts';
import type { WebhookCaller } from '../webhook/caller.ts';
import { errorTexts } from './error-texts.ts';
import { statusCallbackForm } from './status-callback.ts';

const STEP_MS = 40;

interface Call {
  dueAt: number;
  double: boolean;
}

/** Takes a message from `queued` to the phone, telling the status callback on the way. */
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

  /** Returns at once; the rest happens as on a carrier's network. */
  dispatch(message: Message, statusCallback?: string | null, choosesFrom?: () => string) {
    this.#carry(message, statusCallback || undefined, choosesFrom).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }

  close() {
    this.#closed.abort();
  }

  async #carry(message: Message, callback: string | undefined, choosesFrom?: () => string) {
    const { callbacks } = this.#trouble.settings;
    const deliveryFails = this.#trouble.deliveryFailsAt(message.to);
    const end = deliveryFails?.status ?? 'delivered';
    const steps: MessageStatus[] = [
      ...(message.status === 'accepted' ? (['queued'] as const) : []),
      ...(callbacks.sending ? (['sending'] as const) : []),
      // What failed has never left Twilio.
      ...(end === 'failed' ? [] : (['sent'] as const)),
      end,
    ];
    // Callbacks go out one after the other, each once the one before is answered: only trouble may reorder them.
    let calls = Promise.resolve();
    const late: (() => Promise<void>)[] = [];
    for (const status of steps) {
      await wait(STEP_MS, undefined, { signal: this.#closed.signal });
      if (status === 'queued' && choosesFrom) message.from = choosesFrom();
      this.#messages.update(message, {
        status,
        ...(status === 'sent' && { sentAt: Date.now() }),
        ...(deliveryFails && status === end && errorOf(deliveryFails.code)),
      });
      if (!callback || callbacks.missing) continue;
      const dueAt = Date.now() + callbacks.delayMs;
      const tell = () => this.#tell(callback, message, status, { dueAt, double: callbacks.double });
      if (callbacks.shuffle && status !== end) late.unshift(tell);
      else calls = calls.then(tell);
    }
    for (const tell of late) calls = calls.then(tell);
    await calls;
  }

  async #tell(url: string, message: Message, status: MessageStatus, { dueAt, double }: Call) {
    const leftMs = Math.max(0, dueAt - Date.now());
    const isOpen = await wait(leftMs, true, { signal: this.#closed.signal }).catch(() => false);
    if (!isOpen) return;
    const form = statusCallbackForm(message, status, this.#accountSid);
    const call = { webhook: { url, method: 'POST' }, form, messageSid: message.sid, idempotencyToken: newSid('') };
    await this.#webhooks.call(call);
    if (double) await this.#webhooks.call(call);
  }
}

const errorOf = (code: number) => ({ errorCode: code, errorMessage: errorTexts[code] ?? null });
