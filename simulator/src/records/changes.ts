export type Topic = 'messages' | 'requests' | 'bursts' | 'account' | 'trouble';

const INTERVAL_MS = 150;

/** Tells the page what changed: at most once per topic every 150 ms, however many texts a burst sends. */
export class Changes {
  readonly #listeners = new Set<(topics: Topic[]) => void>();
  readonly #pending = new Set<Topic>();
  #timer: NodeJS.Timeout | undefined;

  notify(topic: Topic) {
    if (this.#listeners.size === 0) return;
    this.#pending.add(topic);
    this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS);
  }

  listen(listener: (topics: Topic[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close() {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #flush() {
    this.#timer = undefined;
    const topics = [...this.#pending];
    this.#pending.clear();
    for (const listener of this.#listeners) listener(topics);
  }
}
