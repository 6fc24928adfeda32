import { useSyncExternalStore } from 'react';

/** A value of the whole tab, which components can watch. */
export interface Watched<T> {
  get: () => T;
  set: (next: T) => void;
  /** In a component: the value, also when it changes. */
  use: () => T;
}

export function watched<T>(value: T): Watched<T> {
  const watchers = new Set<() => void>();
  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  const get = (): T => value;
  return {
    get,
    set: (next) => {
      value = next;
      for (const watcher of watchers) watcher();
    },
    use: () => useSyncExternalStore(watch, get),
  };
}
