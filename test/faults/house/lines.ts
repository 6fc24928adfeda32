import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LineOrder, LinesToOpen } from './lines.thread.ts';

/** Between the service and something it needs; it can be cut in several ways. */
export interface Line {
  /** The server's URL, by way of this line. */
  url: string;
  pass(): Promise<void>;
  blackhole(): Promise<void>;
  reset(): Promise<void>;
  leadTo(serverUrl: string): Promise<void>;
}

export interface Lines {
  of(name: string): Line;
  /** Where Twilio and the agents find the service. */
  doorUrl: string;
  close(): Promise<void>;
}

/** A line to each server, and a front door to the api processes. */
export async function openLines(toOpen: LinesToOpen): Promise<Lines> {
  const thread = new Worker(join(import.meta.dirname, 'lines.thread.ts'), { workerData: toOpen });
  const [{ urls, doorUrl }] = (await once(thread, 'message')) as [{ urls: Record<string, string>; doorUrl: string }];
  const waiting = new Map<number, () => void>();
  thread.on('message', ({ done }: { done: number }) => waiting.get(done)?.());
  let orders = 0;
  const order = (line: string, what: LineOrder['what'], serverUrl = ''): Promise<void> =>
    new Promise((resolve) => {
      const id = ++orders;
      waiting.set(id, resolve);
      thread.postMessage({ id, line, what, serverUrl } satisfies LineOrder, []);
    });
  return {
    of: (name) => ({
      url: urls[name]!,
      pass: () => order(name, 'pass'),
      blackhole: () => order(name, 'blackhole'),
      reset: () => order(name, 'reset'),
      leadTo: (serverUrl) => order(name, 'leadTo', serverUrl),
    }),
    doorUrl,
    close: async () => void (await thread.terminate()),
  };
}
