import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface TcpProxy {
  /** The server's URL, by way of this proxy. */
  url: string;
  /** Carries everything again. What was black-holed stays so: its peers have to notice and connect anew. */
  pass: () => Promise<void>;
  /** As if nothing listened: open connections are cut, new ones refused. */
  refuse: () => Promise<void>;
  /** As if a cable were cut: connections stay open and nothing comes through, in new ones neither. */
  blackhole: () => void;
  /** Cuts every connection once; new ones go through. */
  reset: () => void;
  /** New connections go to another server, as after a failover. */
  leadTo: (serverUrl: string) => void;
  stop: () => Promise<void>;
}

interface Connection {
  near: Socket;
  far: Socket;
  isHeld: boolean;
}

/** A proxy between us and the server of a URL: it makes that server be away at will. */
export async function startTcpProxy(serverUrl: string): Promise<TcpProxy> {
  let target = new URL(serverUrl);
  const connections = new Set<Connection>();
  let isHoldingNewOnes = false;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(onPort: number): Promise<Server> {
    const listening = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      const connection = { near, far, isHeld: isHoldingNewOnes };
      connections.add(connection);
      carry(connection, near, far);
      carry(connection, far, near);
    }).listen(onPort, '127.0.0.1');
    await once(listening, 'listening');
    return listening;
  }

  function carry(connection: Connection, from: Socket, to: Socket): void {
    from.on('data', (bytes) => void (connection.isHeld || to.write(bytes)));
    from.on('error', () => undefined);
    from.on('close', () => {
      if (!connection.isHeld || from === connection.near) to.destroy();
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
      isHoldingNewOnes = false;
      if (!server.listening) server = await listen(port);
    },
    blackhole: () => {
      isHoldingNewOnes = true;
      for (const connection of connections) connection.isHeld = true;
    },
    stop: refuse,
  };
}
