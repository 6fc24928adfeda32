import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TwilioForm } from './twilio-form.js';

export interface SignedRequest {
  /** The URLs under which Twilio may have called: as configured there, without fragment. */
  urls: readonly string[];
  form: TwilioForm;
  /** The header `X-Twilio-Signature`. */
  signature: string | undefined;
  /** The auth tokens of the account; during a rotation the next one too. */
  tokens: readonly string[];
}

/**
 * Whether Twilio signed this request: base64(HMAC-SHA1(token, URL + each key and value, sorted)).
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function isSignedByTwilio({ urls, form, signature, tokens }: SignedRequest): boolean {
  if (!signature) return false;
  const given = Buffer.from(signature);
  const signedParams = form.signedText();
  return tokens.some(
    // An empty token would make anybody's signature valid.
    (token) => token !== '' && urls.some((url) => withAndWithoutPort(url).some((each) => signs(token, each))),
  );

  function signs(token: string, url: string): boolean {
    const expected = Buffer.from(
      createHmac('sha1', token)
        .update(url + signedParams)
        .digest('base64'),
    );
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

/** Twilio signs with the port as configured, for some products without it; its own library tries both. */
function withAndWithoutPort(url: string): string[] {
  const [, scheme = '', host = '', port = '', rest = ''] =
    /^(https?:\/\/)(\[[^\]]*\]|[^/:]*)(:\d+)?(.*)$/.exec(url) ?? [];
  const standardPort = scheme === 'https://' ? ':443' : ':80';
  // First as it was configured: that is nearly always the one.
  return port === '' ? [url, `${scheme}${host}${standardPort}${rest}`] : [url, `${scheme}${host}${rest}`];
}
