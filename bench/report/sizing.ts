// The paper estimate of docs/sizing.md, computed from the figures of the last bench: `node bench/report/sizing.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { readResults, type Results } from './results.ts';

const file = join(import.meta.dirname, '../../docs/sizing.md');
const [START, END] = ['<!-- figures: npm run bench writes them -->', '<!-- end of figures -->'];

const VOLUMES = [1e6, 1e7, 1e8];
const SECONDS_PER_DAY = 86_400;
/** The busiest second of a day, of the average: people do not text at night, and campaigns answer in bursts. */
const PEAK = 5;
/** What of the measured rate is planned with: the rest is for bursts, vacuum, and the neighbours. */
const USED = 0.5;
/** Connections of one process: its pool (DATABASE_POOL_SIZE), the door's, the queue's, and the one that listens. */
const CONNECTIONS = { api: 10 + 2 + 16 + 1, worker: 10 + 16 + 1 };
const KEPT_DAYS = 365;

export async function writeSizing(results: Results = readResults()): Promise<void> {
  const page = readFileSync(file, 'utf8');
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start === -1 || end === -1) throw new Error(`${file} has no place for the figures: ${START} … ${END}`);
  const figures = `${START}\n\n${toFigures(results)}\n\n`;
  const whole = page.slice(0, start) + figures + page.slice(end);
  writeFileSync(file, await format(whole, { parser: 'markdown', printWidth: 120 }));
}

function toFigures(results: Results): string {
  const figure = (id: string): number => {
    const found = results.reports.flatMap(({ figures }) => figures).find((each) => each.id === id);
    if (found === undefined) throw new Error(`The results have no figure ${id}: run the whole bench.`);
    return found.value;
  };
  const [door, onPostgres, onRedis] = [
    figure('accept.postgres'),
    figure('endToEnd.postgres'),
    figure('endToEnd.redis'),
  ];
  const bytes = figure('memory.bytesPerSms');
  const megabytes = figure('memory.most');
  const processesFor = (peak: number, rate: number): number => Math.ceil(peak / (rate * USED));
  const rows = VOLUMES.map((perDay) => {
    const average = perDay / SECONDS_PER_DAY;
    const peak = average * PEAK;
    const [doors, workers] = [processesFor(peak, door), processesFor(peak, onPostgres)];
    const connections = doors * CONNECTIONS.api + workers * CONNECTIONS.worker;
    return [
      whole(perDay),
      whole(average),
      whole(peak),
      whole(doors),
      `${whole(workers)} (${whole(processesFor(peak, onRedis))} on Redis)`,
      whole(connections),
      gigabytes(perDay * bytes),
      gigabytes(perDay * bytes * KEPT_DAYS),
      `${whole((peak * bytes) / 1e6)} MB/s`,
    ];
  });
  const wall = onPostgres * USED;
  const { machine, startedAt } = results;
  return [
    `From the bench of ${startedAt.slice(0, 10)} on ${machine['processor']!}, commit ${machine['commit']!}: one process that answers`,
    `takes ${whole(door)} SMS/s, one that answers and one that works together bring ${whole(onPostgres)} SMS/s from the door to the`,
    `event on PostgreSQL and ${whole(onRedis)} on Redis, an SMS takes ${whole(bytes)} bytes of database with all that belongs to it,`,
    `and a process at most ${whole(megabytes)} MB. The load generator and PostgreSQL had the same two cores.`,
    '',
    '| SMS a day | a second | at the peak | api processes | worker processes | connections | database a day | a year | written at the peak |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `One pair of processes on a machine like this one is planned with up to ${whole(wall)} SMS/s at the peak:`,
    `${whole((wall / PEAK) * SECONDS_PER_DAY)} SMS a day.`,
  ].join('\n');
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const gigabytes = (bytes: number): string =>
  bytes < 1e12
    ? `${whole(bytes / 1e9)} GB`
    : `${(bytes / 1e12).toLocaleString('en-US', { maximumFractionDigits: 1 })} TB`;

if (process.argv[1] === import.meta.filename) await writeSizing();
