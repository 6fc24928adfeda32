import { once } from 'node:events';
import { join } from 'node:path';
import { startProcess } from '../setup/process.ts';
import type { LoadPlan, LoadResult } from './plan.ts';

const program = join(import.meta.dirname, 'generator.process.ts');

/** Signs the forms of all plans first, then sends them at the same time, each plan from a process of its own. */
export async function sendAll(plans: LoadPlan[]): Promise<LoadResult[]> {
  const generators = await Promise.all(plans.map((plan) => prepare(plan)));
  try {
    return await Promise.all(generators.map((generator) => generator.run()));
  } finally {
    await Promise.all(generators.map((generator) => generator.end()));
  }
}

export async function send(plan: LoadPlan): Promise<LoadResult> {
  const [result] = await sendAll([plan]);
  return result!;
}

async function prepare(plan: LoadPlan): Promise<{ run: () => Promise<LoadResult>; end: () => Promise<void> }> {
  const { child, stop } = await startProcess(program);
  const signed = once(child, 'message');
  child.send(plan);
  await signed;
  return {
    run: async () => {
      const done = once(child, 'message');
      const gone = once(child, 'exit').then(() => {
        throw new Error('The load generator ended before its load.');
      });
      gone.catch(() => undefined);
      child.send('go');
      const [result] = (await Promise.race([done, gone])) as [LoadResult];
      return result;
    },
    end: stop,
  };
}
