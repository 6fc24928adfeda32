import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FrontDoor {
  url: string;
  stop: () => Promise<void>;
}

/** What stands before several api processes: each connection goes to the next one that listens. */
export async function openFrontDoor(ports: () => number[]): Promise<FrontDoor> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((near) => {
    open.add(near);
    near.on('close', () => open.delete(near));
    near.on('error', () => undefined);
    const all = ports();
    const first = turn++ % all.length;
    lead(near, [...all.slice(first), ...all.slice(0, first)]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function lead(near: Socket, [port, ...others]: number[]): void {
  if (port === undefined) return void near.resetAndDestroy();
  const far = connect(port, '127.0.0.1');
  let isConnected = false;
  far.once('connect', () => {
    isConnected = true;
    near.pipe(far).pipe(near);
  });
  far.on('error', () => undefined);
  far.on('close', (isBroken) => {
    if (!isConnected) lead(near, others);
    else if (isBroken) near.resetAndDestroy();
  });
  near.on('close', () => far.destroy());
}
