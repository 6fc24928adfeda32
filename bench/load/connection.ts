import { connect, type Socket } from 'node:net';
import type { SignedForm } from './forms.ts';

/** One keep-alive connection that sends a form and waits for the status of the answer. */
export class Connection {
  private socket: Socket | null = null;
  private received = '';
  private settle: ((status: number) => void) | null = null;
  private readonly url: URL;

  constructor(url: string) {
    this.url = new URL(url);
  }

  /** Resolves with 0 if the connection breaks. The previous form must have been answered. */
  send(form: SignedForm): Promise<number> {
    this.socket ??= this.open();
    const { host, pathname } = this.url;
    const headers = { Host: host, ...form.headers, 'Content-Length': String(Buffer.byteLength(form.body)) };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const answer = new Promise<number>((resolve) => (this.settle = resolve));
    this.socket.write(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${form.body}`);
    return answer;
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): Socket {
    const socket = connect(Number(this.url.port), this.url.hostname);
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.read(chunk));
    socket.on('error', () => undefined); // close follows
    socket.on('close', () => {
      this.socket = null;
      this.finish(0);
    });
    return socket;
  }

  private read(chunk: string): void {
    this.received += chunk;
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.received)?.[1] ?? 0);
    if (this.received.length < headEnd + 4 + length) return;
    const status = Number(this.received.slice(9, 12));
    const isKeptAlive = !/\r\nconnection: *close/i.test(this.received.slice(0, headEnd));
    this.received = '';
    if (!isKeptAlive) {
      this.socket?.destroy();
      this.socket = null;
    }
    this.finish(status);
  }

  private finish(status: number): void {
    const { settle } = this;
    this.settle = null;
    this.received = '';
    settle?.(status);
  }
}
