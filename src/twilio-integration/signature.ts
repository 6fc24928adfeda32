import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TwilioForm } from './twilio-form.js';

export interface SignedRequest {
  /** The URLs that Twilio may have called, as configured there, without a fragment. */
  urls: readonly string[];
  form: TwilioForm;
  /** The header `X-Twilio-Signature`. */
  signature: string | undefined;
  /** The auth tokens of the account, including the next one during a rotation. */
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
    // With an empty token anybody could create valid signatures.
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

/** Twilio signs the URL with the port as configured or, for some products, without it. Its own library tries both too. */
function withAndWithoutPort(url: string): string[] {
  const [, scheme = '', host = '', port = '', rest = ''] =
    /^(https?:\/\/)(\[[^\]]*\]|[^/:]*)(:\d+)?(.*)$/.exec(url) ?? [];
  const standardPort = scheme === 'https://' ? ':443' : ':80';
  // The configured form comes first, because it is nearly always the signed one.
  return port === '' ? [url, `${scheme}${host}${standardPort}${rest}`] : [url, `${scheme}${host}${rest}`];
}
