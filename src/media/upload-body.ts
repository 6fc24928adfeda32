import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { Problem } from '../common/problem.js';

export const UPLOAD_PATH = '/api/v1/media';

/**
 * Streams the bytes of an upload: none are read before the caller is authenticated. All other routes reject these content
 * types.
 */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(/^(image|video|audio)\/|^application\/(pdf|octet-stream)/, (request, payload, done) =>
    request.routeOptions.url === UPLOAD_PATH ? done(null, payload) : done(unsupported('Send JSON.')),
  );
}

/** @throws Problem 413 if there are more bytes, 415 if the body is not an upload */
export async function readUpload(body: unknown, mostBytes: number): Promise<Buffer> {
  if (!(body instanceof Readable))
    throw unsupported('Send the bytes of the file as the body, with their Content-Type.');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const unsupported = (detail: string): Problem => new Problem(415, 'unsupported_media_type', detail);

const tooLarge = (mostBytes: number): Problem =>
  new Problem(413, 'media_too_large', 'A picture or file may have at most {{mostBytes}} bytes. Make it smaller.', {
    params: { mostBytes },
  });
