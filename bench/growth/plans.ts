import { readFileSync } from 'node:fs';
import type { DirectDatabase } from '../../test/support/postgres.ts';

/** How a smaller table is read says nothing about how it is read when it is large. */
const MIN_GROWN_ROWS = 1_000;

export interface StatementPlan {
  text: string;
  /** How each table is read, such as `Index Scan messages_thread`. */
  scans: string[];
  /** Growing tables that are read from end to end. */
  seqScans: string[];
}

interface Recorded {
  text: string;
  values: unknown[];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** Runs EXPLAIN on every recorded statement that uses a grown table. */
export async function explainRecorded(database: DirectDatabase, file: string): Promise<StatementPlan[]> {
  const grown = await findGrownTables(database);
  const plans = new Map<string, StatementPlan>();
  for (const { text, values } of readRecorded(file)) {
    const touched = grown.filter((table) => new RegExp(`\\b${table}\\b`).test(text));
    if (touched.length === 0) continue;
    const nodes = await explain(database, { text, values });
    const scans = nodes.filter((node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined);
    const { scans: knownScans = [], seqScans: knownSeqScans = [] } = plans.get(text) ?? {};
    plans.set(text, {
      text,
      scans: [...new Set([...knownScans, ...scans.map(describe)])],
      seqScans: [
        ...new Set([...knownSeqScans, ...scans.filter(isSeqScan).map((node) => node['Relation Name']!)]),
      ].filter((table) => grown.includes(table)),
    });
  }
  return [...plans.values()];
}

async function findGrownTables({ query }: DirectDatabase): Promise<string[]> {
  const rows = await query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1`,
    [MIN_GROWN_ROWS],
  );
  return rows.map(({ name }) => name as string);
}

const readRecorded = (file: string): Recorded[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line, reviveBuffer) as Recorded);

const reviveBuffer = (_key: string, value: unknown): unknown =>
  (value as { type?: string } | null)?.type === 'Buffer' ? Buffer.from(value as { data: number[] } as never) : value;

async function explain({ query }: DirectDatabase, { text, values }: Recorded): Promise<PlanNode[]> {
  const [row] = await query(`EXPLAIN (FORMAT JSON) ${text}`, values);
  const [{ Plan }] = row!['QUERY PLAN'] as [{ Plan: PlanNode }];
  return flatten(Plan);
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

const isSeqScan = (node: PlanNode): boolean => node['Node Type'] === 'Seq Scan';

const describe = (node: PlanNode): string =>
  `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? ''}`.trim();

/** A Markdown table of the statements, shortened, and their scans. */
export const toTable = (plans: StatementPlan[]): string =>
  [
    '| statement | reads by |',
    '| --- | --- |',
    ...plans.map(({ text, scans, seqScans }) => {
      const warning = seqScans.length === 0 ? '' : `**whole ${seqScans.join(', ')}**: `;
      return `| \`${shorten(text)}\` | ${warning}${scans.join(', ')} |`;
    }),
  ].join('\n');

const shorten = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', "'").trim();
  const from = /^SELECT (.+?) (FROM .*)$/.exec(line);
  const short = from !== null && from[1]!.length > 40 ? `SELECT … ${from[2]!}` : line;
  return short.length > 180 ? `${short.slice(0, 179)}…` : short;
};
