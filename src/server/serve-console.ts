import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = join(import.meta.dirname, '../../console/dist');
const NO_SCREEN = /^\/(api|docs|health|metrics|openapi|webhooks|assets|media)([/.?]|$)/;

/**
 * Serves the web console from the same origin as the API: its files under /assets, and its one page at every other
 * address that a person opens, since the page itself knows the screens.
 */
export async function serveConsole(fastify: FastifyInstance): Promise<void> {
  if (!existsSync(join(BUILT, 'index.html'))) return;
  const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
  await fastify.register(fastifyStatic, {
    root: join(BUILT, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    // Their names change with what is in them.
    immutable: true,
    maxAge: '1y',
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || NO_SCREEN.test(request.url)) return;
    await reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache').send(page);
  });
}
