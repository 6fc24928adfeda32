import { createHmac } from 'node:crypto';
import type { Form } from './form.ts';

/** https://www.twilio.com/docs/usage/security#validating-requests */
export function sign(authToken: string, signedUrl: string, form: Form): string {
  const sorted = [...form].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  let text = signedUrl;
  for (const [key, value] of sorted) text += key + value;
  return createHmac('sha1', authToken).update(text.toWellFormed(), 'utf8').digest('base64');
}

/** The URL exactly as configured, but without fragment and credentials; `new URL()` would normalize it. */
export const signedUrlOf = (url: string) => url.replace(/#.*$/s, '').replace(/^(https?:\/\/)[^/?@]*@/i, '$1');
