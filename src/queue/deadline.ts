/** The deadline passed; the work itself may still complete. */
export class DeadlineError extends Error {}

/** Waits at most `ms` for a promise that may never settle, such as BullMQ's `add` while its server is down. */
export async function withDeadline<T>(promise: Promise<T>, ms: number, doing: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`${doing} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
