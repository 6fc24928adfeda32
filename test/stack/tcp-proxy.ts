import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface TcpProxy {
  /** The server's URL through this proxy. */
  url: string;
  /** Forwards everything again. Connections in the black hole stay there: their peers must notice and reconnect. */
  pass: () => Promise<void>;
  /** Behaves as if nothing listened: resets open connections and refuses new ones. */
  refuse: () => Promise<void>;
  /** Behaves as if a cable were cut: all connections, even new ones, stay open but carry nothing. */
  blackhole: () => void;
  /** Resets every open connection; new ones work. */
  reset: () => void;
  /** Sends new connections to another server, as after a failover. */
  leadTo: (serverUrl: string) => void;
  stop: () => Promise<void>;
}

interface Connection {
  near: Socket;
  far: Socket;
  isBlackholed: boolean;
}

/** Starts a proxy for the server of a URL, which can make that server unreachable. */
export async function startTcpProxy(serverUrl: string): Promise<TcpProxy> {
  let target = new URL(serverUrl);
  const connections = new Set<Connection>();
  let isBlackhole = false;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(onPort: number): Promise<Server> {
    const listening = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      const connection = { near, far, isBlackholed: isBlackhole };
      connections.add(connection);
      forward(connection, near, far);
      forward(connection, far, near);
    }).listen(onPort, '127.0.0.1');
    await once(listening, 'listening');
    return listening;
  }

  function forward(connection: Connection, from: Socket, to: Socket): void {
    from.on('data', (bytes) => void (connection.isBlackholed || to.write(bytes)));
    from.on('error', () => undefined);
    from.on('close', () => {
      if (!connection.isBlackholed || from === connection.near) to.destroy();
      if (from === connection.near) connections.delete(connection);
    });
  }

  const reset = (): void => connections.forEach(({ near }) => near.resetAndDestroy());
  const refuse = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    reset();
    await closed;
  };
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    reset,
    leadTo: (otherUrl) => void (target = new URL(otherUrl)),
    refuse,
    pass: async () => {
      isBlackhole = false;
      if (!server.listening) server = await listen(port);
    },
    blackhole: () => {
      isBlackhole = true;
      for (const connection of connections) connection.isBlackholed = true;
    },
    stop: refuse,
  };
}
