// A load generator, in a process of its own so that it takes its time from nobody else's. Started by load/generator.ts.
import { once } from 'node:events';
import { runClosedLoop } from './closed-loop.ts';
import { signForms } from './forms.ts';
import { runOpenLoop } from './open-loop.ts';
import type { LoadPlan } from './plan.ts';

process.once('disconnect', () => process.exit());
process.send!('ready');
const [plan] = (await once(process, 'message')) as [LoadPlan];
const forms = signForms(plan);
process.send!('signed');
await once(process, 'message');
process.send!(await (plan.ratePerSecond === undefined ? runClosedLoop : runOpenLoop)(plan, forms));
