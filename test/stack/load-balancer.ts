import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A load balancer before several api processes: each connection goes to the next one that listens.
 * @returns its URL
 */
export async function startLoadBalancer(ports: number[]): Promise<string> {
  let turn = 0;
  const server = createServer((near) => {
    near.on('error', () => undefined);
    const first = turn++ % ports.length;
    carry(near, [...ports.slice(first), ...ports.slice(0, first)]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function carry(near: Socket, [port, ...others]: number[]): void {
  if (port === undefined) return void near.resetAndDestroy();
  const far = connect(port, '127.0.0.1');
  let isConnected = false;
  far.once('connect', () => {
    isConnected = true;
    near.pipe(far).pipe(near);
  });
  far.on('error', () => undefined);
  far.on('close', (isBroken) => {
    if (!isConnected) carry(near, others);
    else if (isBroken) near.resetAndDestroy();
  });
  near.on('close', () => far.destroy());
}
