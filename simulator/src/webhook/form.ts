/** Parameters in the order in which they are sent. */
export type Form = [key: string, value: string][];

const PLAIN = /^[A-Za-z0-9_.*-]*$/;

/** As Java's URLEncoder writes it, which is what Twilio sends: a space is `+`, `*` stays, `~!'()` do not. */
export function encodeForm(form: Form): string {
  let text = '';
  for (const [key, value] of form) text += `${text && '&'}${key}=${encodeValue(value)}`;
  return text;
}

function encodeValue(value: string): string {
  if (PLAIN.test(value)) return value;
  // Half of a surrogate pair cannot travel in UTF-8.
  return encodeURIComponent(value.toWellFormed())
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
