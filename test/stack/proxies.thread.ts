// All traffic of a stack goes through here: a thread of its own, so that a busy harness is no slow network.
import { parentPort, workerData } from 'node:worker_threads';
import { startLoadBalancer } from './load-balancer.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export interface ProxyCommand {
  id: number;
  proxy: string;
  command: 'pass' | 'blackhole' | 'reset' | 'leadTo';
  serverUrl: string;
}

export interface ProxiesToStart {
  /** By name, where each leads. */
  serverUrls: Record<string, string>;
  /** Of the api processes, which share the load. */
  apiPorts: number[];
}

export interface StartedProxies {
  urls: Record<string, string>;
  balancerUrl: string;
}

const { serverUrls, apiPorts } = workerData as ProxiesToStart;
const proxies: Record<string, TcpProxy> = {};
for (const [name, url] of Object.entries(serverUrls)) proxies[name] = await startTcpProxy(url);
const balancerUrl = await startLoadBalancer(apiPorts);

const port = parentPort!;
port.on('message', ({ id, proxy, command, serverUrl }: ProxyCommand) => {
  void Promise.resolve(proxies[proxy]![command](serverUrl)).then(() => port.postMessage({ done: id }));
});
const urls = Object.fromEntries(Object.entries(proxies).map(([name, { url }]) => [name, url]));
port.postMessage({ urls, balancerUrl } satisfies StartedProxies);
