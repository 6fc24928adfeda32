import { randomUUID } from 'node:crypto';
import type { Account } from '../account/account.ts';
import type { PhoneNumber } from '../account/phone-number.ts';
import type { MediaStore, NewMedia } from '../message/media.ts';
import type { Delivery, Message } from '../message/message.ts';
import type { Messages } from '../message/messages.ts';
import { optOutTypeOf, type OptOuts, type OptOutType } from '../message/opt-outs.ts';
import { errorTexts } from '../outgoing/error-texts.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { AlertCode, Alerts } from '../records/alerts.ts';
import type { CallResult, WebhookCaller } from '../webhook/caller.ts';
import type { Form } from '../webhook/form.ts';
import { destinationOf, type Destination } from './destination.ts';
import { inboundForm } from './inbound-form.ts';
import { AnswerError, repliesOf } from './twiml.ts';

export interface Text {
  from: string;
  number: PhoneNumber;
  body: string;
  media?: NewMedia[];
  optOutType?: OptOutType;
}

/** An SMS that Twilio has received from a phone and delivers once or several times. */
export interface InboundSms {
  message: Message;
  form: Form;
  destination: Destination;
  idempotencyToken: string;
}

interface Parts {
  account: Account;
  messages: Messages;
  media: MediaStore;
  optOuts: OptOuts;
  outgoing: Outgoing;
  alerts: Alerts;
  webhooks: WebhookCaller;
}

/** Receives SMS from phones and delivers them to webhooks. */
export class Inbound {
  readonly #parts: Parts;
  readonly #apiUrl: () => string;

  constructor(parts: Parts, apiUrl: () => string) {
    this.#parts = parts;
    this.#apiUrl = apiUrl;
  }

  /** @returns undefined if a Messaging Service without a webhook drops it; then it is not even in the Messages list */
  receive(text: Text): InboundSms | undefined {
    const { account, messages, media: mediaStore } = this.#parts;
    const destination = destinationOf(account, text.number);
    if (!destination.logged) return undefined;
    const message = messages.add({
      direction: 'inbound',
      status: 'received',
      from: text.from,
      to: text.number.phoneNumber,
      body: text.body,
      numMedia: text.media?.length ?? 0,
      messagingServiceSid: destination.messagingServiceSid,
      sentAt: Date.now(),
    });
    const media = text.media ? mediaStore.add(message.sid, text.media) : [];
    const keyword = optOutTypeOf(text.body);
    if (keyword) this.#applyKeyword(message, keyword);
    const optOutType = text.optOutType ?? (destination.advancedOptOut ? keyword : undefined);
    const form = inboundForm(message, { accountSid: account.sid, apiUrl: this.#apiUrl(), media, optOutType });
    return { message, form, destination, idempotencyToken: randomUUID() };
  }

  async deliver(sms: InboundSms, { wrongSignature = false, timedOut = false } = {}): Promise<Delivery> {
    const { message, form, destination, idempotencyToken } = sms;
    const { webhook, fallback } = destination;
    if (!webhook) return this.#record(message, { error: 'the number has no webhook' }, wrongSignature);

    const call = { form, messageSid: message.sid, idempotencyToken, wrongSignature };
    const first = await this.#parts.webhooks.call({ ...call, webhook, timedOut });
    if (!first.errorCode)
      return this.#record(message, { ...first, ...this.#sendReplies(message, first) }, wrongSignature);
    if (!fallback) return this.#record(message, first, wrongSignature);

    const failed: Form = [...form, ['ErrorCode', String(first.errorCode)], ['ErrorUrl', webhook.url]];
    const second = await this.#parts.webhooks.call({ ...call, form: failed, webhook: fallback });
    if (!second.errorCode) this.#sendReplies(message, second);
    return this.#record(
      message,
      { ...first, fallback: { status: second.status, error: second.error } },
      wrongSignature,
    );
  }

  #record(message: Message, result: Partial<CallResult & Delivery>, wrongSignature: boolean): Delivery {
    const { status = 0, ms = 0, body = '', attempts = 0, error, errorCode, fallback } = result;
    const delivery: Delivery = {
      status,
      ms: Math.round(ms * 10) / 10,
      body,
      signature: wrongSignature ? 'wrong' : 'right',
      attempts,
      ...(error !== undefined && { error }),
      ...(errorCode !== undefined && { errorCode }),
      ...(fallback && { fallback }),
    };
    message.deliveries.push(delivery);
    this.#parts.messages.onChange();
    return delivery;
  }

  /** Sends the webhook's replies to the customer; an answer that Twilio cannot read becomes an alert. */
  #sendReplies(message: Message, result: CallResult): { errorCode?: AlertCode; error?: string } {
    try {
      for (const reply of repliesOf(result.contentType, result.body)) {
        this.#reply(message, reply.body, reply.mediaUrls.length);
      }
      return {};
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      const alert = this.#parts.alerts.add(error.code, message.sid, '', error.message);
      return { errorCode: error.code, error: alert.message };
    }
  }

  #reply(message: Message, body: string, numMedia = 0) {
    const { messages, optOuts, alerts, outgoing } = this.#parts;
    const optedOut = optOuts.has(message.from!, message.to);
    const reply = messages.add({
      direction: 'outbound-reply',
      status: optedOut ? 'failed' : 'queued',
      from: message.to,
      to: message.from!,
      body,
      numMedia,
      messagingServiceSid: message.messagingServiceSid,
      ...(optedOut && { errorCode: 21610, errorMessage: errorTexts[21610] }),
    });
    if (optedOut) alerts.add(21610, reply.sid, '');
    else outgoing.dispatch(reply);
  }

  #applyKeyword(message: Message, keyword: OptOutType) {
    const { messages, optOuts, outgoing } = this.#parts;
    const body = optOuts.apply(message.from!, message.to, keyword);
    if (!body) return;
    const reply = { direction: 'outbound-reply', status: 'queued', from: message.to, to: message.from!, body } as const;
    outgoing.dispatch(messages.add(reply));
  }
}
