import type { Media } from './media.ts';

/** Far more than carriers let through. */
const MAX_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/** Media at a URL are fetched on the first request and kept, since Twilio serves all media itself. */
export async function contentOf(media: Media): Promise<Buffer> {
  if (media.content instanceof URL) media.content = await download(media.content);
  return media.content;
}

async function download(url: URL): Promise<Buffer> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
