import type { TestApp } from '../support/app.ts';

/** What BullMQ runs on, and what can happen to it. */
export interface QueueServer {
  kind: 'postgres' | 'redis';
  env: Record<string, string>;
  /** Everything that BullMQ stored is gone. */
  empty: (app: TestApp) => Promise<void>;
  /** Nothing that BullMQ asks is answered, until the function returned is called. */
  takeAway: (app: TestApp) => Promise<() => Promise<void>>;
  stop: () => Promise<void>;
}
