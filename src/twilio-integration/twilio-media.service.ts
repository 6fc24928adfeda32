import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Environment } from '../config/environment.js';
import { decompress, requestMedia } from './media-request.js';
import { publicLookup } from './public-address.js';
import { TelephonyService } from './telephony.service.js';
import { TwilioMediaUrls } from './twilio-media-url.js';

/** Why media could not be fetched from Twilio. */
export type MediaFailure =
  | 'not_connected'
  | 'foreign_address'
  | 'foreign_redirect'
  | 'credentials_refused'
  | 'not_found'
  | 'too_big'
  | 'too_slow'
  | 'twilio_unavailable';

/** `cause` is the error of the network, for the log. */
export type MediaAnswer = { bytes: Buffer } | { failure: MediaFailure; cause?: unknown };

const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 30_000;

/** Fetches pictures and files from Twilio. https://www.twilio.com/docs/messaging/api/media-resource */
@Injectable()
export class TwilioMediaService {
  private readonly urls: TwilioMediaUrls;
  /** A simulator may have a private address, but Twilio itself has not. */
  private readonly lookup: LookupFunction | undefined;

  constructor(
    private readonly telephony: TelephonyService,
    private readonly environment: Environment,
  ) {
    this.urls = new TwilioMediaUrls(environment.TWILIO_API_BASE_URL);
    this.lookup = environment.TWILIO_API_BASE_URL === undefined ? publicLookup() : undefined;
  }

  /** @param url the URL from the webhook, which is not trusted */
  async fetch(accountId: string, url: string): Promise<MediaAnswer> {
    const credentials = await this.telephony.findCredentials(accountId);
    if (credentials === null) return { failure: 'not_connected' };
    const { accountSid, authToken } = credentials;
    const own = this.urls.parseOwn(url, accountSid);
    if (own === null) return { failure: 'foreign_address' };
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await this.follow(own, { authorization }, signal);
    } catch (cause) {
      return { failure: signal.aborted ? 'too_slow' : 'twilio_unavailable', cause };
    }
  }

  /** Follows redirects itself, because only the first request may carry the credentials. */
  private async follow(start: URL, credentials: Record<string, string>, signal: AbortSignal): Promise<MediaAnswer> {
    let [url, headers] = [start, credentials];
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await requestMedia(url, { headers, signal, lookup: this.lookup });
      const status = response.statusCode!;
      if (status >= 200 && status < 300) return readAtMost(response, this.environment.MEDIA_MAX_BYTES);
      response.destroy();
      const { location } = response.headers;
      const isRedirect = status >= 300 && status < 400 && location !== undefined;
      if (!isRedirect) return { failure: failureOf(status, redirects === 0) };
      const next = this.urls.parseRedirect(location, url);
      if (next === null) return { failure: 'foreign_redirect' };
      [url, headers] = [next, {}];
    }
    return { failure: 'twilio_unavailable' };
  }
}

/** After a redirect no credentials were sent, so that a 403 there means an expired URL and not refused credentials. */
function failureOf(status: number, withCredentials: boolean): MediaFailure {
  if (withCredentials && (status === 401 || status === 403)) return 'credentials_refused';
  if (status === 404 || status === 410) return 'not_found';
  return 'twilio_unavailable';
}

/** Counts the decompressed bytes as they arrive, because the announced length may be missing or wrong. */
async function readAtMost(response: IncomingMessage, maxBytes: number): Promise<MediaAnswer> {
  if (Number(response.headers['content-length']) > maxBytes) {
    response.destroy();
    return { failure: 'too_big' };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of decompress(response) as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop aborts the download.
    if (size > maxBytes) return { failure: 'too_big' };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks, size) };
}
