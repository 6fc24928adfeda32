import { sendAll } from '../load/generator.ts';
import { count, perSecond, NONE, type Report } from '../report/figures.ts';
import type { Ground } from '../setup/ground.ts';
import { startStack } from '../setup/stack.ts';
import { countPublished, findLostAndDoubled, readOutcome, GrowthWatch } from '../setup/outcome.ts';
import type { Sizes } from '../sizes.ts';

/** Four pools in one server of 100 connections. */
const POOL = { DATABASE_POOL_SIZE: '5' };
const PATIENCE_S = 300;

/** Two api and two worker processes on one database, with the same customers at both api processes. */
export async function runSeveralProcesses(ground: Ground, { endToEnd, customers }: Sizes): Promise<Report> {
  const processes = ['api', 'api,scheduler', 'worker', 'worker,scheduler'];
  const stack = await startStack(ground, { queue: 'postgres', processes, env: POOL });
  try {
    const half = { count: Math.ceil(endToEnd / 2), customers, connections: 32, namesAccepted: true };
    const watch = new GrowthWatch(() => countPublished(stack.database));
    const loads = await sendAll([stack.plan(half, 0), stack.plan(half, 1)]);
    const acceptedSms = loads.flatMap((load) => load.acceptedSms);
    const accepted = acceptedSms.length;
    const doneAt = await watch.until(accepted + customers, PATIENCE_S);
    const outcome = await readOutcome(stack.database);
    const { lost, doubled } = await findLostAndDoubled(stack.database, { acceptedSms });
    const startedAt = Math.min(...loads.map((load) => load.startedAt));
    const off = (seen: number, wanted: number): number => Math.abs(seen - wanted);
    return {
      title: 'Several processes',
      how:
        `2 api and 2 worker processes, a scheduler in one of each, on one database, queues on PostgreSQL: ` +
        `${(2 * half.count).toLocaleString('en-US')} SMS of ${customers.toLocaleString('en-US')} customers, half at each intake.`,
      figures: [
        perSecond('processes.rate', 'from the intakes to the events', (accepted * 1e6) / (doneAt - startedAt)),
        count('processes.lost', 'accepted and no message', lost, NONE),
        count('processes.doubled', 'messages too many', doubled, NONE),
        count('processes.journal', 'journal rows too many or too few', off(outcome.journal, accepted), NONE),
        count('processes.contacts', 'contacts too many or too few', off(outcome.contacts, customers), NONE),
        count('processes.events', 'events too many or too few', off(outcome.events, accepted + customers), NONE),
      ],
    };
  } finally {
    await stack.stop();
  }
}
