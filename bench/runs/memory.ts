import { readFileSync } from 'node:fs';
import { send } from '../load/generator.ts';
import { bytes, count, megabytes, milliseconds, perSecond, percent, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { startStack } from '../setup/stack.ts';
import { readOutcome, waitFor } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

const RATE = 1_000;
const MB = 1024 * 1024;
const PATIENCE_S = 600;

/** What one process with all roles holds while 1,000 SMS come every second. */
export async function runMemory(ground: Ground, { memory: total }: Sizes): Promise<Report> {
  const stack = await startStack(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  try {
    const pid = stack.services[0]!.child.pid!;
    const samples: number[] = [];
    const sampling = setInterval(() => samples.push(residentBytes(pid) / MB), Math.min(1_000, total / 40));
    const load = await send(stack.plan({ count: total, customers: 10_000, ratePerSecond: RATE, connections: 256 }));
    clearInterval(sampling);
    const lost = await findLost();
    const share = (from: number, to: number): number => {
      const part = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
      return part.reduce((sum, each) => sum + each, 0) / part.length;
    };
    // The first fifth is spent on getting there: caches, compiled code, the customers.
    const [early, late] = [share(0.2, 0.4), share(0.8, 1)];
    return {
      title: 'Memory',
      how:
        `${total.toLocaleString('en-US')} SMS of 10,000 customers by the clock at ${RATE.toLocaleString('en-US')}/s; resident ` +
        'memory of one process with all roles, sampled all the while; grown from the second fifth of the time to the last.',
      figures: [
        count('memory.accepted', 'accepted', load.accepted),
        perSecond('memory.rate', 'accepted', load.accepted / load.seconds),
        megabytes('memory.early', 'resident, second fifth', early),
        megabytes('memory.late', 'resident, last fifth', late),
        percent('memory.growth', 'grown by', (100 * (late - early)) / early, { below: 10 }),
        megabytes('memory.most', 'resident, most', Math.max(...samples), { below: 250 }),
        milliseconds('memory.intakeP99', 'at the intake, p99', load.latency.p99),
        count('memory.lost', 'accepted and no message', lost, NONE),
        bytes('memory.bytesPerSms', 'database per SMS, with its message, events and indexes', await bytesPerSms()),
      ],
    };

    async function findLost(): Promise<number> {
      await waitFor(async () => -(await readOutcome(stack.database)).waiting, 0, PATIENCE_S);
      return Math.max(0, load.accepted - (await readOutcome(stack.database)).messages);
    }

    async function bytesPerSms(): Promise<number> {
      const [row] = await stack.database.query(
        `SELECT sum(pg_total_relation_size(name::regclass))::float8 AS bytes
         FROM unnest(ARRAY['inbound_sms', 'contacts', 'messages', 'contact_events']) AS name`,
      );
      return (row!['bytes'] as number) / load.accepted;
    }
  } finally {
    await stack.stop();
  }
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
