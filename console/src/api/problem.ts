import type { ProblemDetailsDto } from './generated/types.gen.ts';

/** What the service answered instead of what was asked for; undefined when it did not answer at all. */
export function problemOf(error: unknown): Partial<ProblemDetailsDto> | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return error as Partial<ProblemDetailsDto>;
}

export const statusOf = (error: unknown): number | undefined => problemOf(error)?.status;

export const errorCodeOf = (error: unknown): string | undefined => problemOf(error)?.errorCode;

/** What is wrong, by field. */
export const fieldErrorsOf = (error: unknown): Record<string, string> =>
  Object.fromEntries((problemOf(error)?.errors ?? []).map(({ field, message }) => [field, message]));
