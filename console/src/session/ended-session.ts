import { watched } from '../ui/watched.ts';

/** While the session of whoever works here has ended: tells all that wait for it whether it goes on. */
const ended = watched<PromiseWithResolvers<boolean> | null>(null);

/** Whether the user has to sign in again to go on. */
export const useHasSessionEnded = (): boolean => ended.use() !== null;

/** Asks the user to sign in again. @returns whether the same user has, so that what was refused may be requested again */
export function untilSignedInAgain(): Promise<boolean> {
  const waiting = ended.get() ?? Promise.withResolvers();
  if (ended.get() === null) ended.set(waiting);
  return waiting.promise;
}

/** @param isSignedIn false when the user gives up what waits */
export function goOn(isSignedIn: boolean): void {
  ended.get()?.resolve(isSignedIn);
  ended.set(null);
}
