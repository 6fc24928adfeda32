import { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type ListenOptions, Server, type Socket } from 'node:net';

/**
 * How many connections one turn of the event loop takes. Node takes one per socket that listens, so that while there is
 * much to do a new one would wait for seconds until somebody reads what it says.
 */
const ACCEPTS_PER_TURN = 128;
/** Where sockets share a port, and the kernel spreads the connections over them. */
const CAN_SHARE = process.platform === 'linux';

/** An HTTP server that several sockets listen for, on one port. */
export class AcceptingServer extends HttpServer {
  private readonly others: Server[] = [];
  private readonly sockets = new Set<Socket>();

  override listen(...args: unknown[]): this {
    const [options] = args as [ListenOptions & { port: number }];
    this.on('connection', (socket: Socket) => this.keepTrackOf(socket));
    if (!CAN_SHARE) return super.listen(options);
    // One that shares does not notice that somebody else has the port; one that does not share does.
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
    // Each is closed with the last of its connections.
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
