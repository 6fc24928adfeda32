import { once } from 'node:events';
import { join } from 'node:path';
import { startProcess } from '../setup/process.ts';
import type { LoadPlan, LoadResult } from './plan.ts';

const program = join(import.meta.dirname, 'generator.process.ts');

interface Generator {
  sign: (plan: LoadPlan) => Promise<void>;
  /** Sends what was signed last. */
  run: () => Promise<LoadResult>;
  end: () => Promise<void>;
}

export async function send(plan: LoadPlan): Promise<LoadResult> {
  const [result] = await sendAll([plan]);
  return result!;
}

/** All at the same time, each plan from a process of its own, once all are signed. */
export async function sendAll(plans: LoadPlan[]): Promise<LoadResult[]> {
  const generators = await Promise.all(plans.map(startGenerator));
  try {
    await Promise.all(generators.map((generator, n) => generator.sign(plans[n]!)));
    return await Promise.all(generators.map((generator) => generator.run()));
  } finally {
    await Promise.all(generators.map((generator) => generator.end()));
  }
}

/** One plan to get warm, both sides of it, and another that counts. */
export async function sendWarm(warmUp: LoadPlan, plan: LoadPlan): Promise<LoadResult> {
  const generator = await startGenerator();
  try {
    await generator.sign(warmUp);
    await generator.run();
    await generator.sign(plan);
    return await generator.run();
  } finally {
    await generator.end();
  }
}

async function startGenerator(): Promise<Generator> {
  const { child, stop } = await startProcess(program);
  const gone = once(child, 'exit').then(() => {
    throw new Error('The load generator ended before its load.');
  });
  gone.catch(() => undefined);
  const ask = async (question: LoadPlan | 'go'): Promise<unknown> => {
    const answer = once(child, 'message') as Promise<[unknown]>;
    child.send(question);
    const [said] = await Promise.race([answer, gone]);
    return said;
  };
  return {
    sign: async (plan) => void (await ask(plan)),
    run: async () => (await ask('go')) as LoadResult,
    end: stop,
  };
}
