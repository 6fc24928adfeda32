import { createHash } from 'node:crypto';

/** A hash, since people also type their password where the e-mail address belongs. @param email in lower case */
export const guessKeyOfEmail = (email: string): string =>
  `email:${createHash('sha256').update(email).digest('base64url')}`;

/** One IPv4 address, or the /64 network that an IPv6 user has whole. */
export const guessKeyOfAddress = (ip: string): string => `address:${ip.includes(':') ? networkOf(ip) : ip}`;

function networkOf(ip: string): string {
  if (ip.includes('.')) return ip.slice(ip.lastIndexOf(':') + 1);
  const [start = '', end] = ip.split('%')[0]!.split('::');
  const first = start === '' ? [] : start.split(':');
  const last = end === undefined || end === '' ? [] : end.split(':');
  const groups = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
