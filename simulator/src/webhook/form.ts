/** Parameters in the order in which they are sent. */
export type Form = [key: string, value: string][];

const PLAIN = /^[A-Za-z0-9_.*-]*$/;

/** Encodes as Java's URLEncoder does, and therefore Twilio: a space becomes `+`; `*` stays, and `~!'()` are escaped. */
export function encodeForm(form: Form): string {
  let text = '';
  for (const [key, value] of form) text += `${text && '&'}${key}=${encodeValue(value)}`;
  return text;
}

function encodeValue(value: string): string {
  if (PLAIN.test(value)) return value;
  // UTF-8 cannot encode a lone surrogate.
  return encodeURIComponent(value.toWellFormed())
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
