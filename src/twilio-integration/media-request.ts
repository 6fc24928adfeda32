import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Duplex, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const HEADERS = { 'User-Agent': 'sms-inbound', Accept: '*/*', 'Accept-Encoding': 'identity' };

export interface MediaRequest {
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Undefined for the system's own, which also returns private addresses. */
  lookup: LookupFunction | undefined;
}

/** Sends one GET, the only request of the service apart from those of Twilio's client. The caller follows redirects. */
export async function requestMedia(url: URL, { headers, ...options }: MediaRequest): Promise<IncomingMessage> {
  if (options.lookup !== undefined) await refuseInternal(url.hostname, options.lookup);
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    get(url, { ...options, headers: { ...HEADERS, ...headers } }, resolve).on('error', reject);
  });
}

/**
 * With an outgoing proxy (NODE_USE_ENV_PROXY) the proxy resolves the name, and Node never calls `lookup`. So this calls it
 * before the request; a name that only the proxy can resolve is left to the proxy.
 */
function refuseInternal(hostname: string, lookup: LookupFunction): Promise<void> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error) => {
      if (error === null || error.syscall === 'getaddrinfo') resolve();
      else reject(error);
    });
  });
}

const DECOMPRESSORS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Decompresses the body of a response, since a server may compress it although `identity` was requested. */
export function decompress(response: IncomingMessage): Readable {
  const createDecompressor = DECOMPRESSORS[response.headers['content-encoding']?.toLowerCase() ?? 'identity'];
  // The reader of the stream gets the error.
  return createDecompressor === undefined ? response : pipeline(response, createDecompressor(), () => undefined);
}
