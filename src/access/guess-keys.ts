import { createHash } from 'node:crypto';

/** Hashes the address, since people sometimes type their password in its place. @param email in lower case */
export const guessKeyOfEmail = (email: string): string =>
  `email:${createHash('sha256').update(email).digest('base64url')}`;

/** An IPv4 address, or the /64 network of an IPv6 address, since one user has all addresses of such a network. */
export const guessKeyOfAddress = (ip: string): string => `address:${ip.includes(':') ? networkOf(ip) : ip}`;

function networkOf(ip: string): string {
  if (ip.includes('.')) return ip.slice(ip.lastIndexOf(':') + 1);
  const [start = '', end] = ip.split('%')[0]!.split('::');
  const first = start === '' ? [] : start.split(':');
  const last = end === undefined || end === '' ? [] : end.split(':');
  const groups = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
