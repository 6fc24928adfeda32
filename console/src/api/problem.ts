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
