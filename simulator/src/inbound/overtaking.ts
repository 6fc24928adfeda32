import { setTimeout as wait } from 'node:timers/promises';

const MAX_WAIT_MS = 10_000;

/** Lets a text wait until the next one from the same phone has been delivered, but not for ever. */
export class Overtaking {
  readonly #waiting = new Map<string, () => void>();

  async deliver<Result>(phone: string, deliver: () => Promise<Result>): Promise<Result> {
    const letGo = this.#waiting.get(phone);
    if (letGo) return deliver().finally(letGo);

    const overtaken = Promise.withResolvers<void>();
    this.#waiting.set(phone, overtaken.resolve);
    await Promise.race([overtaken.promise, wait(MAX_WAIT_MS, undefined, { ref: false })]);
    this.#waiting.delete(phone);
    return deliver();
  }
}
