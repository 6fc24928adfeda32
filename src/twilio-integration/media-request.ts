import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Duplex, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const HEADERS = { 'User-Agent': 'sms-inbound', Accept: '*/*', 'Accept-Encoding': 'identity' };

export interface MediaRequest {
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Left out, that of the system, which gives private addresses too. */
  lookup: LookupFunction | undefined;
}

/** One GET, the only one of the service beside those of Twilio's own client. It follows nothing: see who calls it. */
export async function requestMedia(url: URL, { headers, ...options }: MediaRequest): Promise<IncomingMessage> {
  if (options.lookup !== undefined) await refuseInternal(url.hostname, options.lookup);
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    get(url, { ...options, headers: { ...HEADERS, ...headers } }, resolve).on('error', reject);
  });
}

/**
 * A proxy on the way out (NODE_USE_ENV_PROXY) looks names up itself, and `lookup` is never asked. So it is asked here what
 * the name is, seen from here; a name that only the proxy can look up is the proxy's to judge.
 */
function refuseInternal(hostname: string, lookup: LookupFunction): Promise<void> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error) => {
      if (error === null || error.syscall === 'getaddrinfo') resolve();
      else reject(error);
    });
  });
}

const UNPACKERS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** A store may hand out packed what was asked for plain. */
export function unpack(answer: IncomingMessage): Readable {
  const createUnpacker = UNPACKERS[answer.headers['content-encoding']?.toLowerCase() ?? 'identity'];
  // Whoever reads gets the error; here there is nobody to tell it.
  return createUnpacker === undefined ? answer : pipeline(answer, createUnpacker(), () => undefined);
}
