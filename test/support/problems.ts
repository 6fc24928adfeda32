import type { ProblemDetailsDto } from '../../src/common/problem-details.dto.js';
import type { Answer } from './api.ts';

/** Returns the problem in an answer, with all its members. @throws if the answer is not a problem with that status */
export function problemOf({ status, headers, body }: Answer<unknown>): ProblemDetailsDto & Record<string, unknown> {
  const contentType = headers.get('content-type');
  if (!contentType?.startsWith('application/problem+json')) {
    throw new Error(`Expected a problem, got ${status} ${contentType}: ${JSON.stringify(body)}`);
  }
  const problem = body as ProblemDetailsDto;
  if (problem.status !== status) throw new Error(`The answer is ${status}, its body says ${problem.status}`);
  return { ...problem };
}

/** The fields that a problem names. */
export const fieldsOf = (answer: Answer<unknown>): string[] =>
  (problemOf(answer).errors ?? []).map(({ field }) => field);
