import { sendAll } from '../load/generator.ts';
import { count, perSecond, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { openHouse } from '../setup/house.ts';
import { countPublished, findLostAndDoubled, readOutcome, GrowthWatch } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

/** Four processes share one server with 100 connections. */
const POOL = { DATABASE_POOL_SIZE: '5' };
const TIMEOUT_S = 300;

/** Runs two api and two worker processes on one database; the same customers text both api processes. */
export async function runSeveralProcesses(ground: Ground, { endToEnd, customers }: Sizes): Promise<Report> {
  const processes = ['api', 'api,scheduler', 'worker', 'worker,scheduler'];
  const house = await openHouse(ground, { queue: 'postgres', processes, env: POOL });
  try {
    const half = { count: Math.ceil(endToEnd / 2), customers, connections: 32, listAccepted: true };
    const watch = new GrowthWatch(() => countPublished(house.database));
    const loads = await sendAll([house.plan(half, 0), house.plan(half, 1)]);
    const acceptedSms = loads.flatMap((load) => load.acceptedSms);
    const accepted = acceptedSms.length;
    const doneAt = await watch.until(accepted + customers, TIMEOUT_S);
    const outcome = await readOutcome(house.database);
    const { lost, doubled } = await findLostAndDoubled(house.database, { acceptedSms });
    const startedAt = Math.min(...loads.map((load) => load.startedAt));
    const difference = (actual: number, expected: number): number => Math.abs(actual - expected);
    return {
      title: 'Several processes',
      how:
        `2 api and 2 worker processes, a scheduler in one of each, on one database, queues on PostgreSQL: ` +
        `${(2 * half.count).toLocaleString('en-US')} SMS from ${customers.toLocaleString('en-US')} customers, half of them to each intake.`,
      figures: [
        perSecond('processes.rate', 'from the intakes to the events', (accepted * 1e6) / (doneAt - startedAt)),
        count('processes.lost', 'accepted but without a message', lost, NONE),
        count('processes.doubled', 'duplicate messages', doubled, NONE),
        count('processes.journal', 'journal rows missing or surplus', difference(outcome.journal, accepted), NONE),
        count('processes.contacts', 'contacts missing or surplus', difference(outcome.contacts, customers), NONE),
        count('processes.events', 'events missing or surplus', difference(outcome.events, accepted + customers), NONE),
      ],
    };
  } finally {
    await house.close();
  }
}
