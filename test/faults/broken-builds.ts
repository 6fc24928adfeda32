import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultKind } from './plan/fault-kinds.ts';
import type { Scenario } from './scenario.ts';

const root = join(import.meta.dirname, '../..');

/** The service with one promise broken on purpose, and the run in which it must be caught. */
export interface BrokenBuild {
  name: string;
  /** Which invariant it breaks. */
  breaks: string;
  patches: { file: string; from: string; to: string }[];
  run: Pick<Scenario, 'queue' | 'kinds' | 'texts' | 'customers' | 'faults'>;
}

const DATABASE_AWAY: FaultKind[] = ['PostgreSQL down'];
const QUEUE_FORGETS: FaultKind[] = ['Redis restarted'];

export const BROKEN_BUILDS: BrokenBuild[] = [
  {
    name: 'answers before the commit',
    breaks: 'I1',
    patches: [
      {
        file: 'inbound-sms/intake.queries.js',
        from: 'export async function insertInboundSms(pool, rows) {',
        to: `export async function insertInboundSms(pool, rows) {
    storeLater(pool, rows).catch(() => undefined);
    return rows.map(({ id }) => id);
}
async function storeLater(pool, rows) {`,
      },
      // Twilio's list would bring back what was lost.
      {
        file: 'reconciliation/reconciliation.sweep.js',
        from: 'await this.walks.walk(number);\n        return true;',
        to: 'return false;',
      },
    ],
    run: { queue: 'postgres', kinds: DATABASE_AWAY, texts: 600, customers: 60, faults: 1 },
  },
  {
    name: 'stores a text as often as it is delivered',
    breaks: 'I1',
    patches: [
      {
        file: 'inbound-sms/intake.queries.js',
        from: 'ON CONFLICT DO NOTHING\n      RETURNING id',
        to: 'RETURNING id',
      },
      {
        file: 'migrations/1795492806000-inbound-sms.js',
        from: 'CREATE UNIQUE INDEX inbound_sms_once',
        to: 'CREATE INDEX inbound_sms_once',
      },
    ],
    run: { queue: 'postgres', kinds: ['worker killed'], texts: 600, customers: 60, faults: 1 },
  },
  {
    name: 'does not sweep, nor take along what waits',
    breaks: 'I9',
    patches: [
      // Alone it brings back all that was forgotten, as long as texts come.
      {
        file: 'inbound-sms/inbound-sms-processing.service.js',
        from: 'const MAX_EXTRA_ROWS = 200;',
        to: 'const MAX_EXTRA_ROWS = 0;',
      },
      {
        file: 'queue/sweep-timer.service.js',
        from: 'this.scheduleNext(0);',
        to: '',
      },
    ],
    // Each customer texts once: the next text of one would bring the forgotten one along.
    run: { queue: 'redis', kinds: QUEUE_FORGETS, texts: 600, customers: 1_000_000, faults: 1 },
  },
];

/** Makes a copy of the build in a folder and breaks it; gives what to run. */
export async function breakBuild({ name, patches }: BrokenBuild, folder: string): Promise<string> {
  await mkdir(folder);
  await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const shared of ['node_modules', 'package.json', 'console'])
    await symlink(join(root, shared), join(folder, shared));
  for (const { file, from, to } of patches) {
    const path = join(folder, 'dist', file);
    const text = await readFile(path, 'utf8');
    if (text.split(from).length !== 2)
      throw new Error(`"${name}": dist/${file} has not exactly one place with\n${from}`);
    await writeFile(path, text.replace(from, to));
  }
  return join(folder, 'dist', 'main.js');
}
