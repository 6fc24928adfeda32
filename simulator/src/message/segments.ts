const GSM_7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each of these counts as two of the 160 characters. */
const GSM_7_EXTENSION = new Set('\f^{}\\[~]|€');
const PLAIN = /^[A-Za-z0-9 .,:;!?'"()+\-/&%#*=<>\n\r]*$/;

/**
 * How many SMS a text takes: one of up to 160 characters, or several of 153. With any character outside GSM-7, one of up
 * to 70, or several of 67.
 */
export function countSegments(body: string): number {
  if (PLAIN.test(body)) return segmentsOf(body.length, 160, 153);
  let septets = 0;
  for (const character of body) {
    if (GSM_7.has(character)) septets += 1;
    else if (GSM_7_EXTENSION.has(character)) septets += 2;
    else return segmentsOf(body.length, 70, 67);
  }
  return segmentsOf(septets, 160, 153);
}

const segmentsOf = (length: number, single: number, joined: number) =>
  length <= single ? 1 : Math.ceil(length / joined);
