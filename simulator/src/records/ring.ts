/** Keeps the newest `capacity` entries; adding one takes constant time. */
export class Ring<Entry> {
  readonly #capacity: number;
  readonly #entries: Entry[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(entry: Entry) {
    this.#entries[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** Lists the entries, oldest first. */
  list(): Entry[] {
    if (this.#entries.length < this.#capacity) return [...this.#entries];
    return [...this.#entries.slice(this.#next), ...this.#entries.slice(0, this.#next)];
  }

  clear() {
    this.#entries.length = 0;
    this.#next = 0;
  }
}
