// Records the SQL statements of the service for EXPLAIN. Only the bench preloads this (`node --import`) into the built service.
import { appendFileSync } from 'node:fs';
import pg from 'pg';

const MAX_RECORDS_PER_STATEMENT = 2;
const file = process.env['BENCH_STATEMENTS']!;
const seen = new Map<string, number>();

type Query = (this: pg.Client, first: unknown, second?: unknown, ...rest: unknown[]) => unknown;
const { prototype } = pg.Client as unknown as { prototype: { query: Query } };
const query = prototype.query;
prototype.query = function (first, second, ...rest) {
  const config = first as { text?: string; values?: unknown[] };
  if (typeof first === 'string') record(first, Array.isArray(second) ? second : []);
  else if (typeof config?.text === 'string')
    record(config.text, config.values ?? (Array.isArray(second) ? second : []));
  return query.call(this, first, second, ...rest);
};

function record(text: string, values: unknown[]): void {
  if (!/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text)) return;
  // PostgreSQL plans differently for an empty list.
  if (values.some((value) => Array.isArray(value) && value.length === 0)) return;
  const times = (seen.get(text) ?? 0) + 1;
  seen.set(text, times);
  // One record is not enough: the first execution may have found nothing to do.
  if (times <= MAX_RECORDS_PER_STATEMENT) appendFileSync(file, `${JSON.stringify({ text, values })}\n`);
}
