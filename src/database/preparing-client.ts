import type pg from 'pg';
import { PipeliningClient } from './pipelining-client.js';

const OFTEN = 3;
const MOST = 200;
/** A page of a list, as TypeORM writes it. */
const PAGE = /\bORDER BY\b.*\bLIMIT \d+$/s;

/**
 * Prepares what a connection is asked again and again, so that PostgreSQL plans it once and not each time: of a short
 * statement the plan costs more than its execution. Not the pages of lists: how to find them depends on what they are asked
 * for. A plan for any state read two million closed contacts to show those that wait.
 */
export class PreparingClient extends PipeliningClient {
  private readonly asked = new Map<string, number>();
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
    const times = (this.asked.get(text) ?? 0) + 1;
    // What is written anew each time, such as a list of as many places as there are values, is not to pile up.
    if (this.names.size >= MOST) return null;
    if (this.asked.size >= MOST) this.asked.clear();
    this.asked.set(text, times);
    if (times < OFTEN) return null;
    this.asked.delete(text);
    const name = `often-${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}
