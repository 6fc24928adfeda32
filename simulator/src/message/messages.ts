import { newSid } from '../sids.ts';
import type { Message } from './message.ts';
import { countSegments } from './segments.ts';

export type NewMessage = Pick<Message, 'direction' | 'from' | 'to' | 'body' | 'status'> & Partial<Message>;

/** Every message of the account, in the order in which Twilio received it. */
export class Messages {
  /** A deleted message leaves a hole, so that a page token stays valid. */
  readonly #inOrder: (Message | undefined)[] = [];
  readonly #places = new Map<string, number>();
  readonly #byPhone = new Map<string, Message[]>();
  onChange: () => void = () => {};

  add(given: NewMessage): Message {
    const now = Date.now();
    const message: Message = {
      sid: newSid(given.numMedia ? 'MM' : 'SM'),
      numSegments: countSegments(given.body),
      numMedia: 0,
      errorCode: null,
      errorMessage: null,
      messagingServiceSid: null,
      createdAt: now,
      updatedAt: now,
      sentAt: null,
      deliveries: [],
      ...given,
    };
    this.#places.set(message.sid, this.#inOrder.length);
    this.#inOrder.push(message);
    const phone = message.direction === 'inbound' ? message.from! : message.to;
    const thread = this.#byPhone.get(phone);
    if (thread) thread.push(message);
    else this.#byPhone.set(phone, [message]);
    this.onChange();
    return message;
  }

  find(sid: string): Message | undefined {
    return this.#inOrder[this.#places.get(sid) ?? -1];
  }

  update(message: Message, changes: Partial<Message>) {
    Object.assign(message, changes, { updatedAt: Date.now() });
    this.onChange();
  }

  remove(message: Message) {
    this.#inOrder[this.#places.get(message.sid)!] = undefined;
    const thread = this.#byPhone.get(message.direction === 'inbound' ? message.from! : message.to);
    thread?.splice(thread.indexOf(message), 1);
    this.onChange();
  }

  /** Only messages older than `afterSid`, if given: new texts then do not shift the pages. */
  *newestFirst(afterSid?: string): Generator<Message> {
    let place = afterSid ? (this.#places.get(afterSid) ?? 0) : this.#inOrder.length;
    while (--place >= 0) {
      const message = this.#inOrder[place];
      if (message) yield message;
    }
  }

  threadOf(phone: string): readonly Message[] {
    return this.#byPhone.get(phone) ?? [];
  }

  phones(): IterableIterator<string> {
    return this.#byPhone.keys();
  }

  get size() {
    return this.#inOrder.length;
  }
}
