import { Agent, request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeSelfSigned } from './self-signed.ts';

const HOST = 'localhost';

export interface TlsProxy {
  /** The https URL that Twilio would be given. */
  url: string;
  cert: string;
  /** Sets where requests are forwarded to, without TLS. */
  passTo(url: string): void;
  stop(): Promise<void>;
}

/** Terminates TLS as a reverse proxy does: the service sees another scheme, host and port than its clients. */
export async function startTlsProxy(): Promise<TlsProxy> {
  const { key, cert } = makeSelfSigned(HOST);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let target = new URL('http://127.0.0.1:1');
  const server = createServer({ key, cert }, (request, response) => {
    const { method, url: path, headers } = request;
    const forwarded = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-forwarded-host': HOST };
    const { hostname, port, host } = target;
    const passed = forward({ hostname, port, method, path, agent, headers: { ...headers, host, ...forwarded } });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://${HOST}:${(server.address() as AddressInfo).port}`,
    cert,
    passTo: (url) => {
      target = new URL(url);
    },
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
