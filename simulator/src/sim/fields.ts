import { invalid } from './sim-error.ts';

/** Reads a JSON body field by field; `end()` refuses unknown fields, since a typo would be ignored silently. */
export class Fields {
  readonly #values: Record<string, unknown>;
  readonly #path: string;
  readonly #read = new Set<string>();

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

  text(name: string, { maxLength = 2_000 } = {}): string | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.invalid(name, 'must be text');
    if (value.length > maxLength)
      throw this.invalid(name, `has ${value.length} characters; the maximum is ${maxLength}`);
    return value;
  }

  requiredText(name: string, limits?: { maxLength?: number }): string {
    const value = this.text(name, limits);
    if (value === undefined) throw this.invalid(name, 'is missing');
    return value;
  }

  nullableText(name: string): string | null | undefined {
    return this.#values[name] === null ? (this.#read.add(name), null) : this.text(name);
  }

  integer(name: string, { min = 0, max }: { min?: number; max: number }): number | undefined {
    const value = this.number(name, { min, max });
    if (value !== undefined && !Number.isInteger(value)) throw this.invalid(name, 'must be a whole number');
    return value;
  }

  number(name: string, { min = 0, max }: { min?: number; max: number }): number | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      throw this.invalid(name, `must be a number from ${min} to ${max}`);
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

  list(name: string, { max }: { max: number }): unknown[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length > max) throw this.invalid(name, `must be a list of at most ${max}`);
    return value;
  }

  /** Has no fields if it is absent. */
  object(name: string): Fields {
    return new Fields(this.#take(name) ?? {}, this.#path + name);
  }

  invalid(name: string, message: string) {
    return invalid(this.#path + name, message);
  }

  end() {
    for (const name of Object.keys(this.#values)) {
      if (!this.#read.has(name)) {
        throw this.invalid(name, `is unknown; the known fields are ${[...this.#read].join(', ')}`);
      }
    }
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.#values[name] ?? undefined;
  }
}
