import { setTimeout as wait } from 'node:timers/promises';

const MAX_WAIT_MS = 10_000;

/** Holds a text back until the next one from the same phone has been delivered, for `MAX_WAIT_MS` at most. */
export class Overtaking {
  readonly #waiting = new Map<string, () => void>();

  async deliver<Result>(phone: string, deliver: () => Promise<Result>): Promise<Result> {
    const release = this.#waiting.get(phone);
    if (release) return deliver().finally(release);

    const overtaken = Promise.withResolvers<void>();
    this.#waiting.set(phone, overtaken.resolve);
    await Promise.race([overtaken.promise, wait(MAX_WAIT_MS, undefined, { ref: false })]);
    this.#waiting.delete(phone);
    return deliver();
  }
}
