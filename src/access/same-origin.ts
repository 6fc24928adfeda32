import type { FastifyRequest } from 'fastify';
import { Problem } from '../common/problem.js';

type Headed = Pick<FastifyRequest, 'headers' | 'method'>;

/**
 * Prevents other sites from using the cookie of a user who is signed in here:
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 * @throws Problem 403 when another site made the request, or when it changes something but has no Origin header
 */
export function refuseOtherSites(request: Headed): void {
  refuseForeignOrigin(request);
  if (!isRead(request) && request.headers.origin === undefined) {
    throw originMismatch('A request that changes something in a session must have the header Origin.');
  }
}

/**
 * For the sign-in itself, which programs may call without an Origin header.
 * @throws Problem 403 when another site made the request
 */
export function refuseForeignOrigin(request: Headed): void {
  const { headers } = request;
  // `same-site` means another port of this host, or another host of the same domain.
  if (/^(cross|same)-site$/.test(headers['sec-fetch-site'] ?? '')) {
    throw originMismatch('Another site made this request.');
  }
  if (isRead(request) || headers.origin === undefined) return;
  if (!URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host?.toLowerCase()) {
    throw originMismatch('The page that made this request has a different address than the service.');
  }
}

const isRead = ({ method }: Headed): boolean => method === 'GET' || method === 'HEAD';

const originMismatch = (detail: string): Problem =>
  new Problem(403, 'origin_mismatch', `${detail} Use the pages of this service, or an API key.`);
