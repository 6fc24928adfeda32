import type { Messages } from '../message/messages.ts';
import { BAD_NETWORK } from '../records/trouble.ts';

export interface Phone {
  phoneNumber: string;
  name: string | null;
  messageCount: number;
  lastMessageAt: string | null;
}

/** The customers' phones: those with a name, and every number that has sent or received a text. */
export class Phones {
  readonly #messages: Messages;
  readonly #names = new Map<string, string>([
    ['+15005550101', 'Phone 1'],
    ['+5511987654321', 'Telefone 2'],
    ['+393331234567', 'Telefono 3'],
    [BAD_NETWORK.phoneNumber, 'Bad network'],
  ]);

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  name(phoneNumber: string, name: string): Phone {
    this.#names.set(phoneNumber, name);
    return this.#describe(phoneNumber);
  }

  /** Lists named phones first, then the newest. */
  list(limit: number): { phones: Phone[]; total: number } {
    const numbers = [...new Set([...this.#names.keys(), ...this.#messages.phones()])];
    const phones = [
      ...numbers.slice(0, this.#names.size),
      ...numbers.slice(this.#names.size).toReversed().slice(0, limit),
    ].slice(0, limit);
    return { phones: phones.map((number) => this.#describe(number)), total: numbers.length };
  }

  #describe(phoneNumber: string): Phone {
    const thread = this.#messages.threadOf(phoneNumber);
    const last = thread.at(-1);
    return {
      phoneNumber,
      name: this.#names.get(phoneNumber) ?? null,
      messageCount: thread.length,
      lastMessageAt: last ? new Date(last.createdAt).toISOString() : null,
    };
  }
}
