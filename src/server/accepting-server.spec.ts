import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { AcceptingServer } from './accepting-server.js';

describe('a server that accepts many connections at the same time', () => {
  const servers: AcceptingServer[] = [];
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  function serve(answer = 'hello'): AcceptingServer {
    const server = new AcceptingServer((_request, response) => response.end(answer));
    servers.push(server);
    return server;
  }
  async function listen(server: AcceptingServer, port = 0): Promise<number> {
    server.listen({ port, host: '127.0.0.1', backlog: 1_000 });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  function open(port: number): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  }

  const closeOf = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

  it('answers, whichever socket accepted the connection', async () => {
    const port = await listen(serve());
    for (let n = 0; n < 50; n++) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
      expect(await answer.text()).toBe('hello');
    }
  });

  it('accepts pending connections within a few turns of the event loop', async () => {
    const server = serve();
    const port = await listen(server);
    const accepted: Socket[] = [];
    server.on('connection', (socket: Socket) => accepted.push(socket));
    for (let n = 0; n < 200; n++) open(port);
    // The kernel completes the handshakes by itself. The loop is kept as busy as it is under load.
    let turns = 0;
    for (; accepted.length < 200 && turns < 5_000; turns++) {
      for (const end = performance.now() + 1; performance.now() < end;);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(accepted).toHaveLength(200);
    expect(turns).toBeLessThan(process.platform === 'linux' ? 150 : 5_000);
  });

  it('reports that the port is taken, also if its owner shares it', async () => {
    const port = await listen(serve());
    const second = serve();
    const failed = once(second, 'error');
    second.listen({ port, host: '127.0.0.1' });
    const [error] = (await failed) as [NodeJS.ErrnoException & { port?: number }];
    expect(error).toMatchObject({ code: 'EADDRINUSE', port });
  });

  it('closes connections beyond the maximum at once, and accepts new ones when one has closed', async () => {
    const server = serve();
    server.maxConnections = 20;
    const port = await listen(server);
    const accepted: Socket[] = [];
    server.on('connection', (socket: Socket) => accepted.push(socket));
    const kept = Array.from({ length: 20 }, () => open(port));
    while (accepted.length < 20) await new Promise((resolve) => setImmediate(resolve));
    await closeOf(open(port));
    expect(kept.filter(({ destroyed }) => destroyed)).toEqual([]);
    kept.pop()!.destroy();
    // The server may notice the closed connection a moment later.
    for (let answer = ''; answer === '';) {
      answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } }).then(
        (response) => response.text(),
        () => '',
      );
    }
  });

  it('is closed once every connection has its answer, whichever socket accepted it', async () => {
    const pending: (() => void)[] = [];
    const server = new AcceptingServer((_request, response) => pending.push(() => response.end('at last')));
    const port = await listen(server);
    const answers = Array.from({ length: 40 }, () =>
      fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } }).then((response) => response.text()),
    );
    while (pending.length < 40) await new Promise((resolve) => setImmediate(resolve));
    let isClosed = false;
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        isClosed = true;
        resolve();
      }),
    );
    await closeOf(open(port));
    expect(isClosed).toBe(false);
    pending.forEach((answer) => answer());
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['at last']));
    await closed;
  });

  it('closes a connection over which nothing came with the idle ones, but not one whose request is here', async () => {
    const server = serve('in time');
    const port = await listen(server);
    const unused = open(port);
    await once(server, 'connection');
    const asking = open(port);
    let answer = '';
    asking.on('data', (text) => (answer += text));
    asking.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(server, 'connection');
    const closed = [closeOf(unused), closeOf(asking)];
    server.closeIdleConnections();
    await closed[0];
    server.close();
    await closed[1];
    expect(answer).toContain('in time');
  });
});
