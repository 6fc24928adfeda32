import { randomBytes } from 'node:crypto';
import type { Environment } from '../config/environment.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const KEY_LENGTH = 32;

/** An unguessable key (165 bits), of lower-case letters and digits: nothing a URL parser would ever re-encode. */
export function makeWebhookKey(): string {
  let key = '';
  while (key.length < KEY_LENGTH) {
    // Bytes from 252 on would make the first letters likelier than the others.
    for (const byte of randomBytes(KEY_LENGTH)) if (byte < 252) key += ALPHABET[byte % 36];
  }
  return key.slice(0, KEY_LENGTH);
}

export const webhookPath = (key: string): string => `/webhooks/twilio/sms/${key}`;

/**
 * Where Twilio tells what became of a message: the entry point's key, then the message's id as 32 hex digits. So the
 * callback finds its message even when Twilio's answer to the sending, with the MessageSid, was lost.
 */
export const statusPath = (key: string, messageId: string): string =>
  `/webhooks/twilio/status/${key}${messageId.replaceAll('-', '')}`;

/** The webhook key and the message of a status URL's last part; null when it is none. */
export function splitStatusKey(text: string): { key: string; messageId: string } | null {
  const [, key, ...hex] =
    /^([a-z0-9]{32})([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(text) ?? [];
  return key === undefined ? null : { key, messageId: hex.join('-') };
}

/**
 * Twilio's connection overrides: three retries, also after 5xx and a read time-out, all within its 15 s. By default
 * Twilio retries once, and only when it could not connect.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export const CONNECTION_OVERRIDES = '#rc=3&rp=ct,rt,5xx&ct=2000&rt=3500&tt=15000';

/** The status callback of a message; undefined where Twilio could not reach it, and would refuse the message for it. */
export function statusCallbackUrl(
  { publicUrl, TWILIO_API_BASE_URL }: Pick<Environment, 'publicUrl' | 'TWILIO_API_BASE_URL'>,
  key: string,
  messageId: string,
): string | undefined {
  if (findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL) !== null) return undefined;
  return publicUrl + statusPath(key, messageId) + CONNECTION_OVERRIDES;
}

export type UnreachableReason = 'own_machine' | 'not_https';

/** In words, to follow the URL. */
export const UNREACHABLE: Record<UnreachableReason, string> = {
  own_machine: 'is an address of this machine, which Twilio cannot reach',
  not_https: 'is not https, so SMS would cross the internet in the clear',
};

/**
 * Why Twilio could not reach a URL; null when nothing speaks against it.
 * @param twilioApiBaseUrl where Twilio's API is: something that runs on this very machine reaches loopback addresses
 */
export function findReasonUnreachable(
  publicUrl: string,
  twilioApiBaseUrl: string | undefined,
): UnreachableReason | null {
  if (twilioApiBaseUrl !== undefined && isLoopback(new URL(twilioApiBaseUrl).hostname)) return null;
  const { hostname, protocol } = new URL(publicUrl);
  if (isLoopback(hostname)) return 'own_machine';
  return protocol === 'https:' ? null : 'not_https';
}

const isLoopback = (hostname: string): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname);
