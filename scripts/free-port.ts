import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** `preferred` if nobody listens there, else one at random that is free. */
export async function findFreePort(preferred = randomPort()): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return findFreePort();
  }
  server.close();
  await once(server, 'close');
  return preferred;
}

/** As many, each another one. */
export async function findFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}

/**
 * Below those that systems give to outgoing connections, one of which might else take it until it is used; above the last
 * one that fetch and browsers refuse to go to (10080).
 */
const randomPort = (): number => randomInt(10_100, 32_768);
