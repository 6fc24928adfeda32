import type { ProblemDetailsDto } from './generated/types.gen.ts';

/** As far as what answered is the service: a proxy before it says less. */
export type Problem = Partial<ProblemDetailsDto>;

/** What the service answered instead of what was asked for; undefined when it did not answer at all. */
export function problemOf(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return error as Problem;
}

export const statusOf = (error: unknown): number | undefined => problemOf(error)?.status;

export const errorCodeOf = (error: unknown): string | undefined => problemOf(error)?.errorCode;

/** The fields that something is wrong with. */
export const wrongFieldsOf = (error: unknown): string[] => (problemOf(error)?.errors ?? []).map(({ field }) => field);

/**
 * What is thrown for an answer that is no success: the problem, if it is one, with the status that every answer has.
 * @param answer the body, as far as it could be read
 */
export const refusalOf = (status: number, answer: unknown): Error & Problem =>
  Object.assign(
    new Error(`The service answered ${status}.`),
    { status },
    typeof answer === 'object' ? (answer as Problem | null) : {},
  );
