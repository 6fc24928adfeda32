import { readFileSync } from 'node:fs';
import type { DirectDatabase } from '../../test/support/postgres.ts';

/** Tables with fewer rows say nothing about how they are read when they are large. */
const GROWN_ROWS = 1_000;

export interface StatementPlan {
  text: string;
  /** How each table is read: `Index Scan messages_thread`. */
  scans: string[];
  /** Tables that grow and are read from end to end. */
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

/** EXPLAIN of every statement that was recorded and touches a table that has grown. */
export async function explainRecorded(database: DirectDatabase, file: string): Promise<StatementPlan[]> {
  const grown = await findGrownTables(database);
  const plans = new Map<string, StatementPlan>();
  for (const { text, values } of readRecorded(file)) {
    const touched = grown.filter((table) => new RegExp(`\\b${table}\\b`).test(text));
    if (touched.length === 0) continue;
    const nodes = await explain(database, { text, values });
    const scans = nodes.filter((node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined);
    const { scans: before = [], seqScans: whole = [] } = plans.get(text) ?? {};
    plans.set(text, {
      text,
      scans: [...new Set([...before, ...scans.map(describe)])],
      seqScans: [...new Set([...whole, ...scans.filter(isSeqScan).map((node) => node['Relation Name']!)])].filter(
        (table) => grown.includes(table),
      ),
    });
  }
  return [...plans.values()];
}

async function findGrownTables({ query }: DirectDatabase): Promise<string[]> {
  const rows = await query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1`,
    [GROWN_ROWS],
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

/** Markdown: each statement in short, and how it reads. */
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
