import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { Problem } from '../common/problem.js';

export const UPLOAD_PATH = '/api/v1/media';

/**
 * Hands the bytes of an upload on as they come: nobody's are read before it is known who sends them. To all other routes
 * these types stay unknown.
 */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(/^(image|video|audio)\/|^application\/(pdf|octet-stream)/, (request, payload, done) =>
    request.routeOptions.url === UPLOAD_PATH ? done(null, payload) : done(unsupported('Send JSON.')),
  );
}

/** @throws Problem 413 when there are more bytes, 415 when it is no upload */
export async function readUpload(body: unknown, mostBytes: number): Promise<Buffer> {
  if (!(body instanceof Readable)) throw unsupported('Send the bytes themselves, with their own Content-Type.');
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
