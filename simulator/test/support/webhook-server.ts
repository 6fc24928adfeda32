import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  form: Record<string, string>;
}

export type Answer = { status?: number; type?: string; body?: string; delayMs?: number };

const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Stands in for the service: records webhooks, and answers as the test says. */
export async function startWebhookServer() {
  const received: Received[] = [];
  let answer: (request: Received) => Answer = () => ({});
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const entry: Received = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      body,
      form: Object.fromEntries(new URLSearchParams(body || request.url!.split('?')[1])),
    };
    received.push(entry);
    const { status = 200, type = 'text/xml', body: text = EMPTY_TWIML, delayMs = 0 } = answer(entry);
    setTimeout(() => response.writeHead(status, { 'content-type': type }).end(text), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer(given: Answer | ((request: Received) => Answer)) {
      answer = typeof given === 'function' ? given : () => given;
    },
    reset() {
      received.length = 0;
      answer = () => ({});
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
