import type pg from 'pg';
import { PipeliningClient } from './pipelining-client.js';

const USES_BEFORE_PREPARING = 3;
const MAX_STATEMENTS = 200;
/** The query for a page of a list, as TypeORM writes it. */
const PAGE = /\bORDER BY\b.*\bLIMIT \d+$/s;

/**
 * Prepares statements that a connection runs repeatedly, so that PostgreSQL plans each of them once: planning a short
 * statement costs more than executing it. Pages of lists are not prepared, because their best plan depends on the values of
 * the filters: a generic plan for any state read two million closed contacts to show the waiting ones.
 */
export class PreparingClient extends PipeliningClient {
  private readonly uses = new Map<string, number>();
  private readonly names = new Map<string, string>();

  constructor(config?: pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((first: unknown, values: unknown, ...rest: unknown[]) => {
      const name = typeof first === 'string' && Array.isArray(values) && values.length > 0 ? this.nameOf(first) : null;
      return name === null ? query(first, values, ...rest) : query({ name, text: first, values }, ...rest);
    }) as typeof this.query;
  }

  private nameOf(text: string): string | null {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (PAGE.test(text)) return null;
    const uses = (this.uses.get(text) ?? 0) + 1;
    // Statements whose text varies, for example with the number of their parameters, must not accumulate.
    if (this.names.size >= MAX_STATEMENTS) return null;
    if (this.uses.size >= MAX_STATEMENTS) this.uses.clear();
    this.uses.set(text, uses);
    if (uses < USES_BEFORE_PREPARING) return null;
    this.uses.delete(text);
    const name = `prepared-${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}
