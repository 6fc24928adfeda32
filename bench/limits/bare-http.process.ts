// Limit A: what Node alone can do. Reads the form without looking at it, and answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

process.once('disconnect', () => process.exit());
const server = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end('<Response/>'));
});
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
