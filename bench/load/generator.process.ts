// A load generator, in a process of its own so that it takes its time from nobody else's. Started by load/generator.ts: it is
// told a plan and says when it is signed, is told to go and says what came of it, and so on.
import { once } from 'node:events';
import { runClosedLoop } from './closed-loop.ts';
import { signForms } from './forms.ts';
import { runOpenLoop } from './open-loop.ts';
import type { LoadPlan } from './plan.ts';

process.once('disconnect', () => process.exit());
process.send!('ready');
for (;;) {
  const [plan] = (await once(process, 'message')) as [LoadPlan];
  const forms = signForms(plan);
  process.send!('signed');
  await once(process, 'message');
  const run = plan.ratePerSecond === undefined ? runClosedLoop : runOpenLoop;
  process.send!(await run(plan, forms));
}
