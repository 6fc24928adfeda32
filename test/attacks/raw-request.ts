import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';

/** A request that is sent exactly as written. */
export interface RawRequest {
  method: string;
  path: string;
  headers: [name: string, value: string][];
  body: Buffer;
}

/** The server and the connections that requests use. */
export type Line = Pick<https.RequestOptions, 'host' | 'port' | 'servername' | 'ca'> & { agent: http.Agent };

export const openLine = (url: string, connections: number): Line => ({
  host: '127.0.0.1',
  port: new URL(url).port,
  agent: new http.Agent({ keepAlive: true, maxSockets: connections }),
});

export function openTlsLine(url: string, ca: string, connections: number): Line {
  const { hostname, port } = new URL(url);
  const agent = new https.Agent({ keepAlive: true, maxSockets: connections });
  return { host: '127.0.0.1', servername: hostname, port, ca, agent };
}

/** The status of a request whose connection was cut instead of an answer. */
export const CUT = 0;

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Empty for a stream of events, which is not read because it never ends. */
  body: string;
}

const NO_ANSWER: RawAnswer = { status: CUT, headers: {}, body: '' };
const TIMEOUT_MS = 60_000;

export function exchange(line: Line, raw: RawRequest): Promise<RawAnswer> {
  const { method, path, headers, body } = raw;
  return new Promise((resolve) => {
    const { request } = line.agent instanceof https.Agent ? https : http;
    const sending = request({ ...line, method, path, headers: headers.flat(), timeout: TIMEOUT_MS }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('close', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
      if (answer.headers['content-type']?.startsWith('text/event-stream')) answer.destroy();
    });
    sending.on('timeout', () => sending.destroy());
    // The service may close an idle connection just as it is used again; the request is then sent on another one.
    sending.on('error', () => resolve(sending.reusedSocket ? exchange(line, raw) : NO_ANSWER));
    sending.end(body);
  });
}

/** Sends a request. @returns the status, or CUT */
export const send = async (line: Line, raw: RawRequest): Promise<number> => (await exchange(line, raw)).status;

/** Sends bytes that may not be HTTP at all. @returns the status of the first answer, or CUT */
export async function sendBytes({ port }: Line, bytes: Buffer): Promise<number> {
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined); // the service may close before it has read all
  socket.end(bytes);
  await once(socket, 'close');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? CUT);
}
