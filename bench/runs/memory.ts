import { readFileSync } from 'node:fs';
import { send } from '../load/generator.ts';
import { bytes, count, megabytes, milliseconds, perSecond, percent, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { openHouse } from '../setup/house.ts';
import { readOutcome, waitFor } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

const RATE_PER_SECOND = 1_000;
const BYTES_PER_MB = 1024 * 1024;
const TIMEOUT_S = 600;

/** Measures the memory of one process with all roles while 1,000 SMS arrive per second. */
export async function runMemory(ground: Ground, { memory: total }: Sizes): Promise<Report> {
  const house = await openHouse(ground, { queue: 'postgres', processes: ['api,worker,scheduler'] });
  try {
    const pid = house.services[0]!.child.pid!;
    const samples: number[] = [];
    const sampling = setInterval(() => samples.push(residentBytes(pid) / BYTES_PER_MB), Math.min(1_000, total / 40));
    const load = await send(
      house.plan({ count: total, customers: 10_000, ratePerSecond: RATE_PER_SECOND, connections: 256 }),
    );
    clearInterval(sampling);
    const lost = await findLost();
    const share = (from: number, to: number): number => {
      const part = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
      return part.reduce((sum, each) => sum + each, 0) / part.length;
    };
    // The first fifth is warm-up: caches, compiled code, new customers.
    const [early, late] = [share(0.2, 0.4), share(0.8, 1)];
    return {
      title: 'Memory',
      how:
        `${total.toLocaleString('en-US')} SMS from 10,000 customers in an open loop at ${RATE_PER_SECOND.toLocaleString('en-US')}/s. ` +
        'The resident memory of one process with all roles is sampled all the time; growth is from the second fifth of the time ' +
        'to the last.',
      figures: [
        count('memory.accepted', 'accepted', load.accepted),
        perSecond('memory.rate', 'accepted', load.accepted / load.seconds),
        megabytes('memory.early', 'resident, second fifth', early),
        megabytes('memory.late', 'resident, last fifth', late),
        percent('memory.growth', 'growth', (100 * (late - early)) / early, { below: 10 }),
        megabytes('memory.most', 'resident, maximum', Math.max(...samples), { below: 250 }),
        milliseconds('memory.intakeP99', 'at the intake, p99', load.latency.p99),
        count('memory.lost', 'accepted but without a message', lost, NONE),
        bytes('memory.bytesPerSms', 'database size per SMS, with its message, events and indexes', await bytesPerSms()),
      ],
    };

    async function findLost(): Promise<number> {
      await waitFor(async () => -(await readOutcome(house.database)).waiting, 0, TIMEOUT_S);
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
