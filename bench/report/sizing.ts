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
/** The share of the measured rate to plan with: the rest is for bursts, vacuum, and whatever else the machine does. */
const USED = 0.5;
/** Connections of one process: its pool (DATABASE_POOL_SIZE), the intake's, the queue's, and the one that listens. */
const CONNECTIONS = { api: 10 + 2 + 16 + 1, worker: 10 + 16 + 1 };
const KEPT_DAYS = 365;

export async function writeSizing(results: Results = readResults()): Promise<void> {
  const page = readFileSync(file, 'utf8');
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start === -1 || end === -1) throw new Error(`${file} has no place for the figures: ${START} … ${END}`);
  const figures = `${START}\n\n${toFigures(results)}\n\n`;
  const whole = page.slice(0, start) + figures + page.slice(end);
  writeFileSync(file, await format(whole, { parser: 'markdown', printWidth: 120, proseWrap: 'always' }));
}

function toFigures(results: Results): string {
  const figure = (id: string): number => {
    const found = results.reports.flatMap(({ figures }) => figures).find((each) => each.id === id);
    if (found === undefined) throw new Error(`The results have no figure ${id}: run the whole bench.`);
    return found.value;
  };
  const [intake, onPostgres, onRedis] = [
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
    const [apis, workers] = [processesFor(peak, intake), processesFor(peak, onPostgres)];
    const connections = apis * CONNECTIONS.api + workers * CONNECTIONS.worker;
    return [
      whole(perDay),
      whole(average),
      whole(peak),
      whole(apis),
      `${whole(workers)} (${whole(processesFor(peak, onRedis))} on Redis)`,
      whole(connections),
      gigabytes(perDay * bytes),
      gigabytes(perDay * bytes * KEPT_DAYS),
      `${whole((peak * bytes) / 1e6)} MB/s`,
    ];
  });
  const limit = onPostgres * USED;
  const { machine, startedAt } = results;
  return [
    `From the bench of ${startedAt.slice(0, 10)} on ${machine['processor']!}, commit ${machine['commit']!}: one api process accepts`,
    `${whole(intake)} SMS/s. An api and a worker process together process ${whole(onPostgres)} SMS/s from the intake to the event on`,
    `PostgreSQL, and ${whole(onRedis)} on Redis. An SMS takes ${whole(bytes)} bytes of database with everything that belongs to it, and a`,
    `process at most ${whole(megabytes)} MB of memory. The load generator and PostgreSQL shared the two cores.`,
    '',
    '| SMS per day | per second | at peak | api processes | worker processes | connections | database per day | per year | written at peak |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `Plan one pair of processes on a machine like this one for up to ${whole(limit)} SMS/s at peak, which is`,
    `${whole((limit / PEAK) * SECONDS_PER_DAY)} SMS per day.`,
  ].join('\n');
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const gigabytes = (bytes: number): string =>
  bytes < 1e12
    ? `${whole(bytes / 1e9)} GB`
    : `${(bytes / 1e12).toLocaleString('en-US', { maximumFractionDigits: 1 })} TB`;

if (process.argv[1] === import.meta.filename) await writeSizing();
