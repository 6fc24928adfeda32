import http from 'node:http';
import https from 'node:https';
import type { FailureKind } from './connection-overrides.ts';

export interface WebhookRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string;
  connectMs: number;
  readMs: number;
}

export interface WebhookAnswer {
  /** 0 if there was no answer; `error` then says why. */
  status: number;
  contentType: string;
  location?: string;
  body: string;
  error?: string;
  failure?: FailureKind;
  /** The certificate was refused, as Twilio refuses self-signed ones. */
  certificate?: boolean;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_SOCKETS = 512;

/** Keeps connections alive, so that a burst measures the service and not the handshakes. */
export class WebhookClient {
  readonly #http = new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' });
  readonly #https = new https.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' });

  async send(request: WebhookRequest): Promise<WebhookAnswer> {
    const answer = await this.#sendOnce(request);
    // The service closed an idle connection at the same moment. It has not seen the request, so this is not a failure.
    return answer === 'stale' ? ((await this.#sendOnce(request, true)) as WebhookAnswer) : answer;
  }

  close() {
    this.#http.destroy();
    this.#https.destroy();
  }

  #sendOnce(request: WebhookRequest, onNewConnection = false): Promise<WebhookAnswer | 'stale'> {
    return new Promise((resolve) => {
      const { url, method, headers, body } = request;
      const secure = url.protocol === 'https:';
      const keepAliveAgent = secure ? this.#https : this.#http;
      const sent = (secure ? https : http).request(url, {
        method,
        headers,
        agent: onNewConnection ? false : keepAliveAgent,
      });

      let connected = false;
      const giveUp = (failure: FailureKind, error: string) =>
        sent.destroy(Object.assign(new Error(error), { failure }));
      const readTimer = setTimeout(() => giveUp('rt', `no answer within ${request.readMs} ms`), request.readMs);
      let connectTimer: NodeJS.Timeout | undefined;
      sent.once('socket', (socket) => {
        if (!socket.connecting) return void (connected = true);
        connectTimer = setTimeout(
          () => giveUp('ct', `no connection within ${request.connectMs} ms`),
          request.connectMs,
        );
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true;
          clearTimeout(connectTimer);
        });
      });
      const finish = (answer: WebhookAnswer | 'stale') => {
        clearTimeout(readTimer);
        clearTimeout(connectTimer);
        resolve(answer);
      };
      const fail = (error: NodeJS.ErrnoException & { failure?: FailureKind }) => {
        if (sent.reusedSocket && error.code === 'ECONNRESET') return finish('stale');
        finish({
          status: 0,
          contentType: '',
          body: '',
          error: error.message || error.code || 'connection failed',
          failure: error.failure ?? (connected ? 'rt' : 'ct'),
          certificate: /CERT|SELF_SIGNED|ALTNAME/.test(error.code ?? ''),
        });
      };
      sent.once('error', fail);
      sent.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => void (text.length < MAX_ANSWER_BYTES && (text += chunk)));
        response.once('error', fail);
        response.once('end', () =>
          finish({
            status: response.statusCode!,
            contentType: response.headers['content-type'] ?? '',
            location: response.headers.location,
            body: text,
          }),
        );
      });
      sent.end(body);
    });
  }
}
