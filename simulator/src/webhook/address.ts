import { connectionOverridesOf, OverrideError, type ConnectionOverrides } from './connection-overrides.ts';
import { signedUrlOf } from './signature.ts';

/** A configured webhook URL, parsed once for thousands of texts. */
export interface Address {
  url: URL;
  signedUrl: string;
  authorization?: string;
  overrides: ConnectionOverrides;
  /** Webhooks on other machines are never called. */
  onThisMachine: boolean;
  overrideProblem?: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const MAX_CACHED = 1_000;
const cache = new Map<string, Address | undefined>();

/** @returns undefined if it is not an http(s) URL */
export function addressOf(configured: string): Address | undefined {
  if (cache.has(configured)) return cache.get(configured);
  if (cache.size >= MAX_CACHED) cache.clear();
  const address = parse(configured);
  cache.set(configured, address);
  return address;
}

function parse(configured: string): Address | undefined {
  if (!isWebUrl(configured)) return undefined;
  const url = new URL(configured);
  const { username, password } = url;
  const authorization = username
    ? `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
    : undefined;
  url.username = url.password = url.hash = '';
  return {
    url,
    signedUrl: signedUrlOf(configured),
    authorization,
    onThisMachine: LOOPBACK.test(url.hostname),
    ...overridesOf(configured),
  };
}

/** An invalid override is reported, and the call is made without any overrides. */
function overridesOf(configured: string): Pick<Address, 'overrides' | 'overrideProblem'> {
  try {
    return { overrides: connectionOverridesOf(configured) };
  } catch (error) {
    if (!(error instanceof OverrideError)) throw error;
    return { overrides: connectionOverridesOf(''), overrideProblem: error.message };
  }
}

export const isWebUrl = (text: string) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
