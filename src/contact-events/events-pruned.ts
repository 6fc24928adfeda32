import { ApiProblem } from '../common/api-problems.decorator.js';
import { Problem } from '../common/problem.js';
import type { LogPosition } from './contact-event.js';
import { toSequence } from './sequence.js';

/** 410: events after the place asked for are gone, and leaving them out silently would be a gap. */
export function eventsPruned(horizon: LogPosition, wayOut: (resumeAfter: string) => string): Problem {
  const resumeAfter = toSequence(horizon);
  return new Problem(
    410,
    'events_pruned',
    `Events after this place have been deleted: they are older than this service keeps them. ${wayOut(resumeAfter)}`,
    { extensions: { resumeAfter } },
  );
}

export const ApiEventsPruned = (): MethodDecorator =>
  ApiProblem(410, 'Events after this place are older than the service keeps them; `resumeAfter` is where to go on.');
