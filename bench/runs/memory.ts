import { readFileSync } from 'node:fs';
import { send } from '../load/generator.ts';
import { NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { openHouse } from '../setup/house.ts';
import { readOutcome, waitFor } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

const RATE = 1_000;
const MB = 1024 * 1024;
const PATIENCE_S = 600;

/** What one process with all roles holds while 1,000 SMS come every second. */
export async function runMemory(ground: Ground, { memory: count }: Sizes): Promise<Report> {
  const house = await openHouse(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  try {
    const pid = house.services[0]!.child.pid!;
    const samples: number[] = [];
    const sampling = setInterval(() => samples.push(residentBytes(pid) / MB), Math.min(1_000, count / 40));
    const load = await send(house.plan({ count, customers: 10_000, ratePerSecond: RATE, connections: 256 }));
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
        `${count.toLocaleString('en-US')} SMS of 10,000 customers by the clock at ${RATE.toLocaleString('en-US')}/s; resident ` +
        'memory of one process with all roles, sampled all the while; grown from the second fifth of the time to the last.',
      figures: [
        { id: 'memory.accepted', what: 'accepted', value: load.accepted, unit: '' },
        { id: 'memory.rate', what: 'accepted', value: load.accepted / load.seconds, unit: '/s' },
        { id: 'memory.early', what: 'resident, second fifth', value: early, unit: 'MB' },
        { id: 'memory.late', what: 'resident, last fifth', value: late, unit: 'MB' },
        {
          id: 'memory.growth',
          what: 'grown by',
          value: (100 * (late - early)) / early,
          unit: '%',
          target: { below: 10 },
        },
        { id: 'memory.most', what: 'resident, most', value: Math.max(...samples), unit: 'MB', target: { below: 250 } },
        { id: 'memory.doorP99', what: 'at the door, p99', value: load.latency.p99, unit: 'ms' },
        { id: 'memory.lost', what: 'accepted and no message', value: lost, unit: '', target: NONE },
        {
          id: 'memory.bytesPerSms',
          what: 'database per SMS, with its message, events and indexes',
          value: await bytesPerSms(),
          unit: 'bytes',
        },
      ],
    };

    async function findLost(): Promise<number> {
      await waitFor(async () => -(await readOutcome(house.database)).waiting, 0, PATIENCE_S);
      return Math.max(0, load.accepted - (await readOutcome(house.database)).messages);
    }

    async function bytesPerSms(): Promise<number> {
      const [row] = await house.database.query(
        `SELECT sum(pg_total_relation_size(name::regclass))::float8 AS bytes
         FROM unnest(ARRAY['inbound_sms', 'contacts', 'messages', 'contact_events']) AS name`,
      );
      return (row!['bytes'] as number) / load.accepted;
    }
  } finally {
    await house.close();
  }
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
