import { useSyncExternalStore } from 'react';

/** While the session of whoever works here has ended: tells all that wait for it whether it goes on. */
let ended: PromiseWithResolvers<boolean> | null = null;
const watchers = new Set<() => void>();

function become(next: typeof ended): void {
  ended = next;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether the user has to sign in again to go on. */
export const useHasSessionEnded = (): boolean => useSyncExternalStore(watch, () => ended !== null);

/** Asks the user to sign in again. @returns whether the same user has, so that what was refused may be asked for anew */
export function untilSignedInAgain(): Promise<boolean> {
  if (ended === null) become(Promise.withResolvers());
  return ended!.promise;
}

/** @param isSignedIn false when the user gives up what waits */
export function goOn(isSignedIn: boolean): void {
  ended?.resolve(isSignedIn);
  become(null);
}
