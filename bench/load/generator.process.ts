// A load generator, in a process of its own so that other work does not delay it. load/generator.ts starts it. It receives
// a plan, reports when the forms are signed, waits for the signal to go, reports the result, and starts over.
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
