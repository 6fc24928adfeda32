import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countActiveJobs } from './history/active-jobs.ts';
import type { FaultRecord, History } from './history/history.ts';
import { readPhones } from './history/read-phones.ts';
import { letAgentsWork } from './load/agents.ts';
import { startConsumer } from './load/consumer.ts';
import { insist } from './load/insist.ts';
import { sendTexts } from './load/texts.ts';
import { watchWebhookCalls } from './load/webhook-calls.ts';
import { forgetsQueues } from './plan/fault-kinds.ts';
import { type PlannedFault, planFaults } from './plan/fault-plan.ts';
import { inject } from './plan/inject.ts';
import { randomFrom } from './random.ts';
import type { Scenario } from './scenario.ts';
import { readOnceQuiet } from './settle.ts';
import { type Stack, startStack } from './stack.ts';

export interface RunOptions {
  seed: number;
  /** Of the build to run. */
  main: string;
  /** What the processes write goes into a folder of the scenario's name in this one. */
  logs: string;
  say: (line: string) => void;
}

const AGENTS = 2;
/** On a slow machine faults come late; each still has the service to itself for a moment. */
const MIN_GAP_MS = 2_000;
const LOST_SHARE = 0.005;
/** Sent once everything is whole again. */
const CLOSING_SHARE = 0.02;

/** Texts, replies and faults until the plan is done; then what became of it all, once everything is quiet. */
export async function runScenario(scenario: Scenario, { seed, main, logs, say }: RunOptions): Promise<History> {
  const { name, queue, isFragile, patienceMs } = scenario;
  say(`${name}: ${scenario.texts} texts at ${scenario.perSecond}/s, ${scenario.faults} faults, seed ${seed}`);
  const stack = await startStack({ queue, main, isFragile, logFolder: join(logs, name.replaceAll(' ', '-')) });
  const isReconciled = await asksTwilio(stack);
  const consumer = await startConsumer(stack);
  const watch = watchWebhookCalls(stack.simulator.url);
  const agents = letAgentsWork(stack.api, AGENTS, randomFrom(seed + 1));
  const startedAt = Date.now();
  const { texts, ...course } = await runLoad(stack, scenario, { seed, say, lostShare: isReconciled ? LOST_SHARE : 0 });
  await agents.goHome();
  if (isReconciled) await asksTwilio(stack);
  if (course.faults.some(({ kind }) => forgetsQueues(kind))) await consumer.replay();
  const state = await readOnceQuiet(stack, consumer, { patienceMs, rows: isReconciled ? texts.length : 0 });
  const activeJobs = await countActiveJobs(stack, 2 * patienceMs);
  await watch.stop();
  const history = {
    scenario: name,
    seed,
    startedAt,
    ...course,
    isReconciled,
    calls: watch.calls,
    ...state,
    replies: agents.replies,
    ...(await readPhones(stack.simulator.url, texts)),
    activeJobs,
  };
  await consumer.stop();
  await stack.stop();
  return history;
}

interface LoadOptions extends Pick<RunOptions, 'seed' | 'say'> {
  lostShare: number;
}

/** The texts with the faults in between, and some more once everything is whole again. */
async function runLoad(stack: Stack, scenario: Scenario, { seed, say, lostShare }: LoadOptions) {
  const { name, texts: count, perSecond, customers, kinds, faults: faultCount, isFull } = scenario;
  const overMs = (count * 1_000) / perSecond;
  const plan = planFaults({ kinds, count: faultCount, overMs, isFull, random: randomFrom(seed) });
  const { simulator, numbers } = stack;
  const load = { simulatorUrl: simulator.url, numbers, perSecond, customers, lostShare, random: randomFrom(seed + 2) };
  const closing = Math.ceil(count * CLOSING_SHARE);
  const calm = new AbortController();
  const [texts, faults] = await Promise.all([
    sendTexts({ ...load, name: 'text', count: count - closing, until: calm.signal }),
    injectAll(stack, plan, (line) => say(`${name}: ${line}`)).finally(() => calm.abort()),
  ]);
  await Promise.all(Object.values(stack.processes).flatMap((all) => all.map((each) => each.untilReady())));
  const healedAt = Date.now();
  texts.push(...(await sendTexts({ ...load, name: 'closing text', count: closing })));
  return { texts, faults, healedAt };
}

async function injectAll(stack: Stack, plan: PlannedFault[], say: RunOptions['say']): Promise<FaultRecord[]> {
  const startedAt = performance.now();
  const records: FaultRecord[] = [];
  for (const fault of plan) {
    const early = startedAt + fault.at - performance.now();
    if (early > 0) await sleep(early);
    const record = await inject(stack, fault);
    records.push(record);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    say(`${seconds.padStart(6)} s  ${record.kind} ${record.target}`.trimEnd());
    await sleep(MIN_GAP_MS);
  }
  return records;
}

/** Has the service ask Twilio for what it missed; false where it cannot. */
async function asksTwilio({ api }: Stack): Promise<boolean> {
  const answer = await insist(() => api.post('reconciliation'));
  if (answer?.status === 404) return false;
  if (!answer || answer.status >= 300) throw new Error(`Reconciliation answered ${answer?.status ?? 'nothing'}.`);
  return true;
}
