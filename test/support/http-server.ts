import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  path: string;
  headers: IncomingHttpHeaders;
}

export interface TestHttpServer {
  url: string;
  /** The requests received, in order. */
  requests: RecordedRequest[];
  /** How many connections were opened, including those without a request. */
  connections: () => number;
  stop(): Promise<void>;
}

/** Starts an HTTP server on a free port of this machine that records requests. */
export async function startHttpServer(listener: RequestListener): Promise<TestHttpServer> {
  const requests: RecordedRequest[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push({ path: request.url!, headers: request.headers });
    listener(request, response);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
