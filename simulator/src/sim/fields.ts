import { invalid } from './sim-error.ts';

/** Reads a JSON body field by field; `end()` refuses what nobody asked for, since a typo would be obeyed silently. */
export class Fields {
  readonly #values: Record<string, unknown>;
  readonly #path: string;
  readonly #asked = new Set<string>();

  constructor(body: unknown, path = '') {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw invalid(path || 'body', 'must be a JSON object');
    }
    this.#values = body as Record<string, unknown>;
    this.#path = path && `${path}.`;
  }

  any(name: string): unknown {
    return this.#take(name);
  }

  text(name: string, { longest = 2_000 } = {}): string | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.invalid(name, 'must be text');
    if (value.length > longest) throw this.invalid(name, `has ${value.length} characters; the most is ${longest}`);
    return value;
  }

  requiredText(name: string, limits?: { longest?: number }): string {
    const value = this.text(name, limits);
    if (value === undefined) throw this.invalid(name, 'is missing');
    return value;
  }

  nullableText(name: string): string | null | undefined {
    return this.#values[name] === null ? (this.#asked.add(name), null) : this.text(name);
  }

  /** A whole number. */
  count(name: string, { least = 0, most }: { least?: number; most: number }): number | undefined {
    const value = this.number(name, { least, most });
    if (value !== undefined && !Number.isInteger(value)) throw this.invalid(name, 'must be a whole number');
    return value;
  }

  number(name: string, { least = 0, most }: { least?: number; most: number }): number | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw this.invalid(name, `must be a number from ${least} to ${most}`);
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.#take(name);
    if (value !== undefined && typeof value !== 'boolean') throw this.invalid(name, 'must be true or false');
    return value;
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.#take(name);
    if (value === undefined || words.includes(value as Word)) return value as Word | undefined;
    throw this.invalid(name, `must be ${words.join(' or ')}`);
  }

  list(name: string, { most }: { most: number }): unknown[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length > most) throw this.invalid(name, `must be a list of at most ${most}`);
    return value;
  }

  /** Empty fields when it was not given. */
  object(name: string): Fields {
    return new Fields(this.#take(name) ?? {}, this.#path + name);
  }

  invalid(name: string, message: string) {
    return invalid(this.#path + name, message);
  }

  end() {
    for (const name of Object.keys(this.#values)) {
      if (!this.#asked.has(name)) {
        throw this.invalid(name, `is not known; known here: ${[...this.#asked].join(', ')}`);
      }
    }
  }

  #take(name: string): unknown {
    this.#asked.add(name);
    return this.#values[name] ?? undefined;
  }
}
