import { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type ListenOptions, Server, type Socket } from 'node:net';

/**
 * How many connections one turn of the event loop accepts. Node accepts one per listening socket, so that under load a new
 * connection would wait for seconds before its request is read.
 */
const ACCEPTS_PER_TURN = 128;
/** On Linux several sockets can listen on one port, and the kernel distributes the connections over them. */
const CAN_SHARE = process.platform === 'linux';

/** An HTTP server with several listening sockets on one port. */
export class AcceptingServer extends HttpServer {
  private readonly others: Server[] = [];
  private readonly sockets = new Set<Socket>();

  override listen(...args: unknown[]): this {
    const [options] = args as [ListenOptions & { port: number }];
    this.on('connection', (socket: Socket) => this.keepTrackOf(socket));
    if (!CAN_SHARE) return super.listen(options);
    // A socket that shares its port does not notice that another process has it, so a probe that does not share checks first.
    const probe = createServer();
    probe.once('error', (error) => this.emit('error', error));
    probe.listen(options, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => this.listenShared({ ...options, port, reusePort: true }));
    });
    return this;
  }

  override close(callback?: (error?: Error) => void): this {
    const others = this.others.splice(0);
    let notClosed = 1 + others.length;
    let failure: Error | undefined;
    // Each server calls back once its last connection has closed.
    const closed = (error?: Error): void => {
      failure ??= error;
      if (--notClosed === 0) callback?.(failure);
    };
    for (const other of others) other.close(closed);
    return super.close(closed);
  }

  /** Also those that a browser opened ahead and never used. Node takes them for busy: they would hold up the end of the process. */
  override closeIdleConnections(): void {
    super.closeIdleConnections();
    // What has come over a new connection already is read within a turn of the event loop.
    setImmediate(() => setImmediate(() => this.closeUnused()));
  }

  private listenShared(options: ListenOptions): void {
    for (let n = 1; n < ACCEPTS_PER_TURN; n++) {
      const other = new Server({ allowHalfOpen: true, noDelay: true }, (socket) => this.emit('connection', socket));
      other.on('error', (error) => this.emit('error', error));
      this.others.push(other.listen(options));
    }
    super.listen(options);
  }

  private keepTrackOf(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    if (this.sockets.size > this.maxConnections) socket.destroy();
  }

  private closeUnused(): void {
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
