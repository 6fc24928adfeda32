// All traffic of the house goes through here: a thread of its own, so that a busy harness is no slow network.
import { parentPort, workerData } from 'node:worker_threads';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { openFrontDoor } from './front-door.ts';

export interface LineOrder {
  id: number;
  line: string;
  what: 'pass' | 'blackhole' | 'reset' | 'leadTo';
  serverUrl: string;
}

export interface LinesToOpen {
  /** By name, where each leads. */
  serverUrls: Record<string, string>;
  /** Of the api processes. */
  doorPorts: number[];
}

const { serverUrls, doorPorts } = workerData as LinesToOpen;
const lines: Record<string, TcpProxy> = {};
for (const [name, url] of Object.entries(serverUrls)) lines[name] = await startTcpProxy(url);
const door = await openFrontDoor(doorPorts);

const port = parentPort!;
port.on('message', ({ id, line, what, serverUrl }: LineOrder) => {
  void Promise.resolve(lines[line]![what](serverUrl)).then(() => port.postMessage({ done: id }));
});
const urls = Object.entries(lines).map(([name, { url }]) => [name, url]);
port.postMessage({ urls: Object.fromEntries(urls) as Record<string, string>, doorUrl: door });
