import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Environment } from '../config/environment.js';
import { requestMedia, unpack } from './media-request.js';
import { publicLookup } from './public-address.js';
import { TelephonyService } from './telephony.service.js';
import { TwilioMediaUrls } from './twilio-media-url.js';

/** Why Twilio's media could not be had. */
export type MediaFailure =
  | 'not_connected'
  | 'foreign_address'
  | 'foreign_redirect'
  | 'credentials_refused'
  | 'not_found'
  | 'too_big'
  | 'too_slow'
  | 'twilio_unavailable';

/** `cause` is for the log: what the network said. */
export type MediaAnswer = { bytes: Buffer } | { failure: MediaFailure; cause?: unknown };

const MAX_REDIRECTS = 3;
const TIME_LIMIT_MS = 30_000;

/** Gets pictures and files from Twilio. https://www.twilio.com/docs/messaging/api/media-resource */
@Injectable()
export class TwilioMediaService {
  private readonly urls: TwilioMediaUrls;
  /** What stands in for Twilio may be in the house; Twilio itself is not. */
  private readonly lookup: LookupFunction | undefined;

  constructor(
    private readonly telephony: TelephonyService,
    private readonly environment: Environment,
  ) {
    this.urls = new TwilioMediaUrls(environment.TWILIO_API_BASE_URL);
    this.lookup = environment.TWILIO_API_BASE_URL === undefined ? publicLookup() : undefined;
  }

  /** @param url as the webhook gave it: it is not trusted */
  async fetch(accountId: string, url: string): Promise<MediaAnswer> {
    const credentials = await this.telephony.findCredentials(accountId);
    if (credentials === null) return { failure: 'not_connected' };
    const { accountSid, authToken } = credentials;
    const own = this.urls.parseOwn(url, accountSid);
    if (own === null) return { failure: 'foreign_address' };
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    try {
      return await this.follow(own, { authorization }, signal);
    } catch (cause) {
      return { failure: signal.aborted ? 'too_slow' : 'twilio_unavailable', cause };
    }
  }

  /** By hand: the credentials are for the first request only. */
  private async follow(start: URL, credentials: Record<string, string>, signal: AbortSignal): Promise<MediaAnswer> {
    let [url, headers] = [start, credentials];
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const answer = await requestMedia(url, { headers, signal, lookup: this.lookup });
      const status = answer.statusCode!;
      if (status >= 200 && status < 300) return readAtMost(answer, this.environment.MEDIA_MAX_BYTES);
      answer.destroy();
      const { location } = answer.headers;
      const isRedirect = status >= 300 && status < 400 && location !== undefined;
      if (!isRedirect) return { failure: failureOf(status, redirects === 0) };
      const next = this.urls.parseRedirect(location, url);
      if (next === null) return { failure: 'foreign_redirect' };
      [url, headers] = [next, {}];
    }
    return { failure: 'twilio_unavailable' };
  }
}

/** Where a redirect led, no credentials were shown that could be refused: there 403 is an address that ran out. */
function failureOf(status: number, withCredentials: boolean): MediaFailure {
  if (withCredentials && (status === 401 || status === 403)) return 'credentials_refused';
  if (status === 404 || status === 410) return 'not_found';
  return 'twilio_unavailable';
}

/** Counts what really comes, unpacked: the length that is announced may be missing, or a lie. */
async function readAtMost(answer: IncomingMessage, mostBytes: number): Promise<MediaAnswer> {
  if (Number(answer.headers['content-length']) > mostBytes) {
    answer.destroy();
    return { failure: 'too_big' };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpack(answer) as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop ends the download.
    if (size > mostBytes) return { failure: 'too_big' };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks, size) };
}
