import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = join(import.meta.dirname, '../../console/dist');
const NOT_A_SCREEN = /^\/(api|docs|health|metrics|openapi|webhooks|assets|media)([/.?]|$)/;

/**
 * Serves the web console from the same origin as the API: its files under /assets, and its single page at every other path
 * that people open, since the routing of the screens is in the page.
 */
export async function serveConsole(fastify: FastifyInstance): Promise<void> {
  if (!existsSync(join(BUILT, 'index.html'))) return;
  const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
  await fastify.register(fastifyStatic, {
    root: join(BUILT, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    // The file names contain a hash of the content.
    immutable: true,
    maxAge: '1y',
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || NOT_A_SCREEN.test(request.url)) return;
    await reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache').send(page);
  });
}
