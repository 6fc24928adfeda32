import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ProxiesToStart, ProxyCommand, StartedProxies } from './proxies.thread.ts';

/** Between the service and something it needs; the line can be cut in several ways, as a `TcpProxy` does. */
export interface Line {
  /** The server's URL, by way of this line. */
  url: string;
  pass(): Promise<void>;
  blackhole(): Promise<void>;
  reset(): Promise<void>;
  leadTo(serverUrl: string): Promise<void>;
}

export interface Proxies {
  lineTo(name: string): Line;
  /** Where Twilio and the agents find the service. */
  balancerUrl: string;
  stop(): Promise<void>;
}

/** A proxy to each server, and a load balancer before the api processes. */
export async function startProxies(toStart: ProxiesToStart): Promise<Proxies> {
  const thread = new Worker(join(import.meta.dirname, 'proxies.thread.ts'), { workerData: toStart });
  const [{ urls, balancerUrl }] = (await once(thread, 'message')) as [StartedProxies];
  const waiting = new Map<number, () => void>();
  thread.on('message', ({ done }: { done: number }) => waiting.get(done)?.());
  let commands = 0;
  const send = (proxy: string, command: ProxyCommand['command'], serverUrl = ''): Promise<void> =>
    new Promise((resolve) => {
      const id = ++commands;
      waiting.set(id, resolve);
      thread.postMessage({ id, proxy, command, serverUrl } satisfies ProxyCommand, []);
    });
  return {
    lineTo: (name) => ({
      url: urls[name]!,
      pass: () => send(name, 'pass'),
      blackhole: () => send(name, 'blackhole'),
      reset: () => send(name, 'reset'),
      leadTo: (serverUrl) => send(name, 'leadTo', serverUrl),
    }),
    balancerUrl,
    stop: async () => void (await thread.terminate()),
  };
}
