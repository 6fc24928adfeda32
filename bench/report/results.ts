import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { formatTarget, formatValue, type Report, verdictOn } from './figures.ts';

const json = join(import.meta.dirname, '../results.json');
const markdown = join(import.meta.dirname, '../RESULTS.md');

export interface Results {
  command: string;
  startedAt: string;
  minutes: number;
  machine: Record<string, string>;
  reports: Report[];
}

export const readResults = (): Results => JSON.parse(readFileSync(json, 'utf8')) as Results;

/** Writes the results for programs to results.json, and for people to RESULTS.md. */
export async function writeResults(results: Results): Promise<void> {
  const appendices = new Set(['appendix']);
  const figures = JSON.stringify(results, (key, value: unknown) => (appendices.has(key) ? undefined : value));
  writeFileSync(json, await format(figures, { parser: 'json', printWidth: 120 }));
  writeFileSync(markdown, await format(toMarkdown(results), { parser: 'markdown', printWidth: 120 }));
}

function toMarkdown({ command, startedAt, minutes, machine, reports }: Results): string {
  return [
    '# Results of the bench',
    '',
    `Written by \`${command}\`, ${startedAt}, in ${minutes.toFixed(0)} minutes. What runs and how is in [README.md](README.md).`,
    'Everything ran on one machine, including the load generator: only ratios count, absolute figures belong to this machine.',
    '',
    '| | |',
    '| --- | --- |',
    ...Object.entries(machine).map(([name, value]) => `| ${name} | ${value} |`),
    ...reports.flatMap(toSection),
    '',
  ].join('\n');
}

function toSection({ title, how, figures, appendix }: Report): string[] {
  return [
    '',
    `## ${title}`,
    '',
    how,
    '',
    '| | figure | target | |',
    '| --- | ---: | --- | --- |',
    ...figures.map(
      (figure) => `| ${figure.what} | ${formatValue(figure)} | ${formatTarget(figure)} | ${verdictOn(figure)} |`,
    ),
    ...(appendix === undefined ? [] : ['', appendix]),
  ];
}
