import { once } from 'node:events';
import { join } from 'node:path';
import { startProcess } from '../setup/process.ts';
import type { LoadPlan, LoadResult } from './plan.ts';

const program = join(import.meta.dirname, 'generator.process.ts');

interface Generator {
  sign: (plan: LoadPlan) => Promise<void>;
  /** Sends the forms that were signed last. */
  run: () => Promise<LoadResult>;
  end: () => Promise<void>;
}

export async function send(plan: LoadPlan): Promise<LoadResult> {
  const [result] = await sendAll([plan]);
  return result!;
}

/** Sends all plans at the same time, each from its own process, once all forms are signed. */
export async function sendAll(plans: LoadPlan[]): Promise<LoadResult[]> {
  const generators = await Promise.all(plans.map(startGenerator));
  try {
    await Promise.all(generators.map((generator, n) => generator.sign(plans[n]!)));
    return await Promise.all(generators.map((generator) => generator.run()));
  } finally {
    await Promise.all(generators.map((generator) => generator.end()));
  }
}

/** Sends one plan to warm up both sides, and then the one that counts. */
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
  const exited = once(child, 'exit').then(() => {
    throw new Error('The load generator exited before it had sent its load.');
  });
  exited.catch(() => undefined);
  const request = async (message: LoadPlan | 'go'): Promise<unknown> => {
    const answer = once(child, 'message') as Promise<[unknown]>;
    child.send(message);
    const [reply] = await Promise.race([answer, exited]);
    return reply;
  };
  return {
    sign: async (plan) => void (await request(plan)),
    run: async () => (await request('go')) as LoadResult,
    end: stop,
  };
}
