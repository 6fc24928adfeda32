import { connectionOverridesOf, OverrideError, type ConnectionOverrides } from './connection-overrides.ts';
import { signedUrlOf } from './signature.ts';

/** A configured webhook URL, taken apart once and used for thousands of texts. */
export interface Address {
  url: URL;
  signedUrl: string;
  authorization?: string;
  overrides: ConnectionOverrides;
  /** Anything else than this machine is never called. */
  onThisMachine: boolean;
  overrideProblem?: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const MAX_KEPT = 1_000;
const kept = new Map<string, Address | undefined>();

/** Undefined when it is not an http(s) URL. */
export function addressOf(configured: string): Address | undefined {
  if (kept.has(configured)) return kept.get(configured);
  if (kept.size >= MAX_KEPT) kept.clear();
  const address = parse(configured);
  kept.set(configured, address);
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

/** A wrong override is reported, and the call made without any. */
function overridesOf(configured: string): Pick<Address, 'overrides' | 'overrideProblem'> {
  try {
    return { overrides: connectionOverridesOf(configured) };
  } catch (error) {
    if (!(error instanceof OverrideError)) throw error;
    return { overrides: connectionOverridesOf(''), overrideProblem: error.message };
  }
}

export const isWebUrl = (text: string) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
